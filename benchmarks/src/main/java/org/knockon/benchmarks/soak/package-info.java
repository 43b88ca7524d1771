/** Half an hour of a busy day with bad records, outages and restarts: what grows that should not. */
package org.knockon.benchmarks.soak;
