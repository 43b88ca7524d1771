/** Events a second beside the limits: what a consumer, an empty exactly-once topology, and one with a single store can do. */
package org.knockon.benchmarks.throughput;
