/** What the feeds cost: their own work beside the same listener and producer with constant records. */
package org.knockon.benchmarks.feeds;
