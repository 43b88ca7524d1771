/** From an observation to exact counts, and the records that this costs, for outages of known size. */
package org.knockon.benchmarks.outage;
