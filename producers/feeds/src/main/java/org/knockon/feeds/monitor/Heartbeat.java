package org.knockon.feeds.monitor;

import java.util.List;
import java.util.Map;
import org.knockon.feeds.tables.TextPattern;

/**
 * An alert that always fires: each time it is repeated, the monitor was alive and its silence about a system meant that
 * the system was well.
 *
 * @param match labels of that alert; all must fit
 * @param lag how far in the past each beat speaks of, in milliseconds. The monitor holds new alerts back for a while: a
 *     beat that spoke of the present would say UP for minutes that turn out DOWN
 * @param covers systems that the feed watches although no rule names them
 */
public record Heartbeat(Map<String, TextPattern> match, long lag, List<String> covers) {

    public Heartbeat {
        match = Map.copyOf(match);
        covers = List.copyOf(covers);
    }

    boolean fits(Map<String, List<String>> labels) {
        return match.entrySet().stream()
                .allMatch(entry ->
                        labels.getOrDefault(entry.getKey(), List.of()).stream().anyMatch(entry.getValue()::fits));
    }
}
