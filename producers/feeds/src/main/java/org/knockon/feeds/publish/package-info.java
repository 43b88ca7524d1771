/** Publishes what messages lead to: everything of a message, or nothing. */
package org.knockon.feeds.publish;
