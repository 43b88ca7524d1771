package org.knockon.feeds.settings;

import java.time.Duration;
import java.util.Optional;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.SystemStatus;

/**
 * Alerts of Alertmanager or Grafana.
 *
 * @param monitor name of the monitor on observations
 * @param severities status by the label {@code severity}; empty means ignored
 * @param oldest a firing alert that was not repeated for so long has ended
 */
public record AlertSettings(
        FeedIdentity identity,
        IdTable systems,
        String monitor,
        Silence silence,
        WordTable<Optional<SystemStatus>> severities,
        Duration oldest)
        implements FeedSettings {}
