package org.knockon.feeds.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.knockon.feeds.tables.TextPattern;

/** What it means that a monitor which speaks only on change says nothing. */
public sealed interface Silence {

    /**
     * An alert that always fires is a sign of life. Without it the systems fall silent.
     *
     * @param match attributes of that alert
     * @param lag how long before its arrival the known alerts are complete
     * @param covers systems that the feed speaks for, besides those that rules name
     */
    record Heartbeat(Map<String, TextPattern> match, Duration lag, Set<String> covers) implements Silence {

        public Heartbeat {
            match = Map.copyOf(match);
            covers = Set.copyOf(covers);
        }
    }

    /**
     * The last state of a system is repeated until it is too old.
     *
     * @param age from when on it is too old
     * @param refresh how often it is repeated
     */
    record Hold(Duration age, Duration refresh) implements Silence {}
}
