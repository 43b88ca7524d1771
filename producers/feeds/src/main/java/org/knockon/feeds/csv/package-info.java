/** Reads CSV files. */
package org.knockon.feeds.csv;
