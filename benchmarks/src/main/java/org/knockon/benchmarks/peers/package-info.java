/** Knock-on beside other ways to count what an outage hits, all of them reading the same topics. */
package org.knockon.benchmarks.peers;
