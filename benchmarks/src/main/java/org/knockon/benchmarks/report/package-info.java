/** Turns result files into pages and charts. */
package org.knockon.benchmarks.report;
