/** Sends a running ingest what no sender should send, and checks that nothing breaks, is lost or leaks. */
package org.knockon.benchmarks.fuzz;
