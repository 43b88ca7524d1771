/** Half an hour of a busy day, with bad records, outages and restarts in it: what grows that should not. */
package org.knockon.benchmarks.soak;
