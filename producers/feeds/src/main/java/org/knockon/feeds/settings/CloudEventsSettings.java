package org.knockon.feeds.settings;

/**
 * CloudEvents over HTTP whose data has the form of our own records.
 *
 * @param monitor name of the monitor on observations that name none
 */
public record CloudEventsSettings(FeedIdentity identity, String monitor) implements FeedSettings {}
