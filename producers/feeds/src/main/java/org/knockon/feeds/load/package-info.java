/** What the rows of a booking system's extract mean: the first load of its future book. Pure: no clock, no Kafka. */
package org.knockon.feeds.load;
