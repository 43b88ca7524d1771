/** Events a second, compared with limits: a consumer, an empty exactly-once topology, one with a single store. */
package org.knockon.benchmarks.throughput;
