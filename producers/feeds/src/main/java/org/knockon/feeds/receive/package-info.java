/** Receives messages: reads and maps them in turn, publishes what they lead to, and only then answers. */
package org.knockon.feeds.receive;
