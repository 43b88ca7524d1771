package org.knockon.feeds.count;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.Refusal;

/** Which message of a feed became which events, for the last hour. Codes only. Thread-safe. */
public final class FeedJournal {

    private static final long KEPT = Duration.ofHours(1).toMillis();
    /** Of a busy feed the list covers less than an hour, so that memory is bounded. */
    private static final int MOST = 20_000;

    private static final int LONGEST_ID = 200;

    /**
     * A record that a message led to.
     *
     * @param topic without its prefix
     * @param at {@code updatedAt} or {@code observedAt}, epoch milliseconds
     */
    public record Event(String topic, String key, String status, long at) {}

    /**
     * A message.
     *
     * @param controlId the sender's id of it; empty if it has none
     * @param reason why it was refused; empty if it was not. Likewise {@code where}
     */
    public record Entry(
            long receivedAt, String controlId, Outcome outcome, String reason, String where, List<Event> events) {

        public Entry {
            events = List.copyOf(events);
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * Adds a message, unless it has no id by which it could be found.
     *
     * @param outcome that of the message, or UNAVAILABLE if it could not be published
     */
    public void add(String controlId, MappedMessage message, Outcome outcome, long receivedAt) {
        if (controlId.isEmpty()) {
            return;
        }
        Entry entry = new Entry(
                receivedAt,
                cut(controlId),
                outcome,
                message.refusal().map(refusal -> refusal.reason().text()).orElse(""),
                message.refusal().map(Refusal::where).orElse(""),
                outcome == Outcome.PUBLISHED ? events(message) : List.of());
        synchronized (entries) {
            entries.addLast(entry);
            while (entries.size() > MOST || entries.peekFirst().receivedAt() < receivedAt - KEPT) {
                entries.removeFirst();
            }
        }
    }

    /** The messages with this id that came within the hour before a time, epoch milliseconds; the newest first. */
    public List<Entry> find(String controlId, long now) {
        String wanted = cut(controlId);
        List<Entry> found = new ArrayList<>();
        synchronized (entries) {
            entries.descendingIterator().forEachRemaining(entry -> {
                if (entry.controlId().equals(wanted) && entry.receivedAt() >= now - KEPT) {
                    found.add(entry);
                }
            });
        }
        return found;
    }

    private static List<Event> events(MappedMessage message) {
        List<Event> events = new ArrayList<>();
        message.appointments()
                .forEach(version -> events.add(new Event(
                        "appointments",
                        version.appointmentId(),
                        version.status().name(),
                        version.updatedAt())));
        message.observations()
                .forEach(seen -> events.add(new Event(
                        "system-health", seen.systemId(), seen.status().name(), seen.observedAt())));
        return events;
    }

    private static String cut(String id) {
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
    }
}
