/** Flink SQL as a peer, on a class path of its own. */
package org.knockon.benchmarks.flink;
