/** From an outage to exact counts: how long, through which hops, and how many records. */
package org.knockon.benchmarks.outage;
