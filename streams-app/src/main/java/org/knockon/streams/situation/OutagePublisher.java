package org.knockon.streams.situation;

import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.task.TimeBudget;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Publishes the outages that this partition's detector found, each with its cascade. The cascade depends on other systems' outages and on
 * the catalogue, so any of these can change the value of many. Those that may have changed are looked at in later turns, and sent where
 * their value is another than the one sent last: a digest of that is kept, so that a restart neither loses nor repeats a record.
 */
public final class OutagePublisher {

    private static final String DIGEST = "published ";
    private static final String COMPLETE = "published-format";

    /** To be raised when the same outage is published as another value than before. */
    private static final long FORMAT = 1;

    private final int partition;
    private final Situation situation;
    private final KeyValueStore<String, Long> store;
    private final BiConsumer<String, PublishedOutage> out;
    private final Map<Key, Outage> own = new HashMap<>();
    private final Map<Key, Long> digests = new HashMap<>();
    private final Set<Key> due = new LinkedHashSet<>();
    private boolean complete;

    /**
     * @param own outages that this partition's detector found
     * @param store survives; shared with others, under keys of its own
     * @param out takes outageId and value; a null value is a tombstone
     */
    public OutagePublisher(
            int partition,
            Situation situation,
            List<Outage> own,
            KeyValueStore<String, Long> store,
            BiConsumer<String, PublishedOutage> out) {
        this.partition = partition;
        this.situation = situation;
        this.store = store;
        this.out = out;
        own.forEach(outage -> this.own.put(Key.of(outage), outage));
        try (KeyValueIterator<String, Long> known = store.prefixScan(DIGEST, new StringSerializer())) {
            while (known.hasNext()) {
                KeyValue<String, Long> entry = known.next();
                digests.put(Key.parse(entry.key), entry.value);
            }
        }
        Long format = store.get(COMPLETE);
        complete = format != null && format == FORMAT;
        if (!complete) {
            due.addAll(this.own.keySet());
            due.addAll(digests.keySet());
        }
    }

    /** To be called after the situation has taken the message in. */
    public void follow(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.OutagePut put && put.origin() == partition) {
            own.put(Key.of(put.outage()), put.outage());
        } else if (broadcast instanceof Broadcast.OutageRemoved removed && removed.origin() == partition) {
            Key key = new Key(removed.systemId(), removed.startedAt());
            if (own.remove(key) != null) {
                due.add(key);
            }
        }
        if (complete && isPending()) {
            complete = false;
            store.delete(COMPLETE);
        }
    }

    /** Whether there is, or may be, something to send. */
    public boolean isPending() {
        return !due.isEmpty() || situation.hasChangedOutages();
    }

    /** Sends what is due until the slice is over; looks at one outage at least. */
    public void go(TimeBudget slice) {
        if (situation.hasChangedOutages()) {
            for (Outage outage : situation.changedOutages()) {
                Key key = Key.of(outage);
                if (own.containsKey(key)) {
                    due.add(key);
                }
            }
        }
        Iterator<Key> keys = due.iterator();
        while (keys.hasNext()) {
            Key key = keys.next();
            keys.remove();
            publish(key);
            if (slice.over()) {
                break;
            }
        }
        if (!complete && due.isEmpty()) {
            complete = true;
            store.put(COMPLETE, FORMAT);
        }
    }

    private void publish(Key key) {
        Outage outage = own.get(key);
        if (outage == null) {
            if (digests.remove(key) != null) {
                store.delete(key.text());
                out.accept(key.outageId(), null);
            }
            return;
        }
        PublishedOutage value = situation.published(outage);
        Long digest = OutageDigest.of(value);
        if (!digest.equals(digests.put(key, digest))) {
            store.put(key.text(), digest);
            out.accept(key.outageId(), value);
        }
    }

    private record Key(String systemId, long startedAt) {

        static Key of(Outage outage) {
            return new Key(outage.systemId(), outage.startedAt());
        }

        static Key parse(String text) {
            int end = text.indexOf(' ', DIGEST.length());
            return new Key(text.substring(end + 1), Long.parseLong(text.substring(DIGEST.length(), end)));
        }

        String text() {
            return DIGEST + startedAt + " " + systemId;
        }

        String outageId() {
            return new Outage(systemId, startedAt, Outage.OPEN, false, null, 0).id();
        }
    }
}
