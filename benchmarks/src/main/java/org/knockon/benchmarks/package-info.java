/** The command {@code bench}. A run with wrong counts does not count. */
package org.knockon.benchmarks;
