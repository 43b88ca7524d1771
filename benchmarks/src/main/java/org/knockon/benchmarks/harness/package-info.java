/** What every measure shares: a broker, a synthetic estate, the programs under test, and the results file. */
package org.knockon.benchmarks.harness;
