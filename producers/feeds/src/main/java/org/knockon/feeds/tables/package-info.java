/** Tables of a feed: which attributes of a message mean which id. Pure. */
package org.knockon.feeds.tables;
