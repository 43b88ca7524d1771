package org.knockon.cli.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.knockon.schemas.limits.EventTimes;

/** The start of a shifted scenario, as an app with a live clock sees it. All times are epoch milliseconds. */
final class LiveStart {

    /** A scenario books this far ahead. */
    private static final Duration BOOKED_AHEAD = Duration.ofDays(366);

    private LiveStart() {}

    /**
     * Returns the reason for which the app would refuse or forget a part of the scenario, or nothing.
     *
     * @param from start of the scenario
     * @param to its end
     * @param now the wall clock
     * @param retentionMs how long the app accepts and keeps events
     */
    static Optional<String> refusal(long from, long to, long now, long retentionMs) {
        if (from < now - retentionMs) {
            return Optional.of("--shift-to " + Instant.ofEpochMilli(from) + " is longer ago than retention.ms ("
                    + days(retentionMs) + "), so the app would refuse the first events; the earliest start is "
                    + Instant.ofEpochMilli(now - retentionMs));
        }
        if (to - from > retentionMs) {
            return Optional.of("the scenario lasts " + days(to - from) + ", longer than retention.ms ("
                    + days(retentionMs) + "), so the app would delete its beginning before its end");
        }
        if (to > EventTimes.LATEST - BOOKED_AHEAD.toMillis()) {
            return Optional.of("--shift-to " + Instant.ofEpochMilli(from)
                    + " is too late: the times of a record lie in the years 2000 to 2099");
        }
        return Optional.empty();
    }

    private static String days(long millis) {
        return Duration.ofMillis(millis).toDays() + " days";
    }
}
