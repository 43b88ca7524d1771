/** Flink SQL as a peer, on its own class path. */
package org.knockon.benchmarks.flink;
