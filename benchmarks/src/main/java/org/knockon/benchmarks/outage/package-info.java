/** From an observation to exact counts, and the records that this costs, for outages of a given size. */
package org.knockon.benchmarks.outage;
