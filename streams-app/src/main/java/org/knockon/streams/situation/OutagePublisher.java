package org.knockon.streams.situation;

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
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.task.TimeBudget;

/**
 * Publishes the outages found by this partition's detector, each with its cascade. The cascade depends on the outages
 * of other systems and on the catalogue, so one change can alter the value of many outages. Outages that may have
 * changed are checked in later turns and sent if their value differs from the last one sent. A digest of that value is
 * stored, so a restart neither loses nor repeats a record.
 */
public final class OutagePublisher {

    private static final String DIGEST = "published ";
    private static final String COMPLETE = "published-format";

    /**
     * To be raised when the published value or the digest of the same outage changes: all outages are then sent again.
     */
    private static final long FORMAT = 2;

    private final int partition;
    private final Situation situation;
    private final KeyValueStore<String, Long> store;
    private final BiConsumer<String, PublishedOutage> out;
    private final Map<Key, Outage> own = new HashMap<>();
    private final Map<Key, Long> digests = new HashMap<>();
    private final Set<Key> due = new LinkedHashSet<>();
    private boolean complete;

    /**
     * @param own outages found by this partition's detector
     * @param store for digests, under keys of its own; the store is shared
     * @param out receives outageId and value; a null value is a tombstone
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
        try (KeyValueIterator<String, Long> stored = store.prefixScan(DIGEST, new StringSerializer())) {
            while (stored.hasNext()) {
                KeyValue<String, Long> entry = stored.next();
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

    /** Call after the message has been applied to the situation. */
    public void onBroadcast(Broadcast broadcast) {
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

    /** Whether any outage may have to be sent. */
    public boolean isPending() {
        return !due.isEmpty() || situation.hasChangedOutages();
    }

    /** Sends what has changed until the budget is spent, but checks at least one outage. */
    public void publishDue(TimeBudget budget) {
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
            if (budget.isSpent()) {
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
