package org.knockon.feeds.settings;

import org.knockon.feeds.tables.IdTable;

/**
 * Notifications of Uptime Kuma, which come on change only.
 *
 * @param monitor name of the monitor on observations
 */
public record KumaSettings(FeedIdentity identity, IdTable systems, String monitor, Silence.Hold hold)
        implements FeedSettings {}
