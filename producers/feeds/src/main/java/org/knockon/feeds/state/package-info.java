/** What feeds know again after a restart, and which of two instances works. From topics, never from files. */
package org.knockon.feeds.state;
