/** What became of the messages of each feed: numbers and codes, nothing of their content. */
package org.knockon.feeds.count;
