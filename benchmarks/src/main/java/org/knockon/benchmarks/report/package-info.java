/** Tables and charts of what the other commands have written; a function of those files alone. */
package org.knockon.benchmarks.report;
