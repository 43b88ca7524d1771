/** The catalogue on the topics: reads what is published, and publishes what differs. */
package org.knockon.feeds.catalogue.topics;
