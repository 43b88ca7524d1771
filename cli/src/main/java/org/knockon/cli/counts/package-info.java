/** Reads the results of the pipeline from its topics, like any consumer, and shows them. */
package org.knockon.cli.counts;
