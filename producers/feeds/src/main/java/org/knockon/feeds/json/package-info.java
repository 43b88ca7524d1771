/** Reads JSON of senders within limits of depth and length. */
package org.knockon.feeds.json;
