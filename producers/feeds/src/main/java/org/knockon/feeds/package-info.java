/** Messages of a hospital's own systems, mapped to the input topics. */
package org.knockon.feeds;
