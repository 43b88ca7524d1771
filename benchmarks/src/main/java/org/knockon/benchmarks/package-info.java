/** Measures. Each ends with counts that are known to be right, or it does not count. */
package org.knockon.benchmarks;
