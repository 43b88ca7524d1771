/** Knock-on compared with other ways to count what an outage hits. All of them read the same topics. */
package org.knockon.benchmarks.peers;
