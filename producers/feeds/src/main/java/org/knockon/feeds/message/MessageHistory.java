package org.knockon.feeds.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Digests of the messages about one appointment: the last 16, and all of the last hour. Immutable.
 *
 * @param entries oldest first
 */
public record MessageHistory(List<Entry> entries) {

    public static final MessageHistory EMPTY = new MessageHistory(List.of());

    private static final int LAST = 16;
    private static final long HOUR = 3_600_000;

    /** @param receipt when the message came, in milliseconds since 1970 */
    public record Entry(String digest, long receipt) {}

    public MessageHistory {
        entries = List.copyOf(entries);
    }

    public MessageHistory with(String digest, long receipt) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(new Entry(digest, receipt));
        int from = 0;
        while (all.size() - from > LAST && all.get(from).receipt() < receipt - HOUR) {
            from++;
        }
        return new MessageHistory(all.subList(from, all.size()));
    }

    public boolean contains(String digest) {
        return entries.stream().anyMatch(entry -> entry.digest().equals(digest));
    }
}
