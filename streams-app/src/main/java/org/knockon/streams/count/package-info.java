/** Partial counts in, counts of the whole out. */
package org.knockon.streams.count;
