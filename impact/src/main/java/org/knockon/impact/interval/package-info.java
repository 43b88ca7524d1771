/** Sets of instants as sorted, maximal, half-open intervals. */
package org.knockon.impact.interval;
