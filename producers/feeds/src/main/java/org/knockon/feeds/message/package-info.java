/** What a message of a feed became, in the same words for all kinds of feed. Pure: no clock, no socket, no Kafka. */
package org.knockon.feeds.message;
