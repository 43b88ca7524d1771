package org.knockon.streams.failure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.streams.codec.Parked;

/**
 * Records that name a service or system missing from the catalogue. The catalogue has topics of its own and may arrive
 * a moment later, or minutes later if the app is catching up. If the name arrives within the grace period nothing
 * happens; otherwise the record becomes a dead letter. Either way the event itself is stored, and takes effect if the
 * name arrives later.
 *
 * <p>Holds a limited number of records and bytes. Beyond that the oldest record becomes a dead letter at once.
 */
public final class Parking {

    /**
     * Largest number of parked records in a partition: some seconds of a cold start, when events may overtake the
     * catalogue.
     */
    private static final int MOST_RECORDS = 50_000;

    /** Largest number of bytes of parked values in a partition. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** Largest number of dead letters in one turn, so that a turn stays short. */
    static final int MOST_AT_ONCE = 1_000;

    private final KeyValueStore<String, Parked> store;
    private final ProcessorContext<Object, Object> context;
    private final String deadLetters;
    private final long grace;
    private final CatalogueArrival catalogue;
    private final int mostRecords;
    private final long mostBytes;
    /** By key of the store, oldest first. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private final Map<String, Set<String>> keysByName = new HashMap<>();
    private long bytes;

    /**
     * @param deadLetters name of the child node that writes dead letters
     * @param grace wall-clock milliseconds within which a name must be written to the catalogue
     * @param catalogue knows whether what was written has arrived
     */
    public Parking(
            KeyValueStore<String, Parked> store,
            ProcessorContext<Object, Object> context,
            String deadLetters,
            long grace,
            CatalogueArrival catalogue) {
        this(store, context, deadLetters, grace, catalogue, MOST_RECORDS, MOST_BYTES);
    }

    Parking(
            KeyValueStore<String, Parked> store,
            ProcessorContext<Object, Object> context,
            String deadLetters,
            long grace,
            CatalogueArrival catalogue,
            int mostRecords,
            long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.catalogue = catalogue;
        this.store = store;
        this.context = context;
        this.deadLetters = deadLetters;
        this.grace = grace;
        restore();
    }

    private void restore() {
        List<KeyValue<String, Waiting>> found = new ArrayList<>();
        try (KeyValueIterator<String, Parked> all = store.all()) {
            all.forEachRemaining(entry -> found.add(KeyValue.pair(entry.key, Waiting.of(entry.value))));
        }
        found.sort(Comparator.comparingLong(entry -> entry.value.offset));
        found.forEach(entry -> note(entry.key, entry.value));
    }

    public int size() {
        return waiting.size();
    }

    /** Parks the current record until {@code name} is in the catalogue. */
    public void park(String name, String reason, Record<String, ?> record, byte[] value) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        String key = name + '\0' + origin.partition() + "@" + origin.offset();
        Parked parked = new Parked(
                context.currentSystemTimeMs() + grace,
                reason,
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                record.key(),
                value);
        store.put(key, parked);
        note(key, Waiting.of(parked));
        while (waiting.size() > mostRecords || bytes > mostBytes) {
            deadLetter(waiting.keySet().iterator().next());
        }
    }

    private void note(String key, Waiting entry) {
        keysByName.computeIfAbsent(nameOf(key), name -> new LinkedHashSet<>()).add(key);
        waiting.put(key, entry);
        bytes += entry.bytes;
    }

    /** The name is in the catalogue now. */
    public void release(String name) {
        Set<String> keys = keysByName.remove(name);
        if (keys != null) {
            for (String key : keys) {
                bytes -= waiting.remove(key).bytes;
                store.delete(key);
            }
        }
    }

    /** Turns records whose name did not arrive within the grace period into dead letters, oldest first. */
    public void expire() {
        DeadLetterLog.ofThisProcess().flush();
        long now = context.currentSystemTimeMs();
        for (int letters = 0; letters < MOST_AT_ONCE && !waiting.isEmpty(); letters++) {
            Iterator<Map.Entry<String, Waiting>> oldest = waiting.entrySet().iterator();
            Map.Entry<String, Waiting> entry = oldest.next();
            long due = entry.getValue().due;
            if (now < due || !catalogue.arrivedSince(due, now)) {
                return;
            }
            deadLetter(entry.getKey());
        }
    }

    private void deadLetter(String key) {
        Parked parked = store.delete(key);
        bytes -= waiting.remove(key).bytes;
        Set<String> ofName = keysByName.get(nameOf(key));
        ofName.remove(key);
        if (ofName.isEmpty()) {
            keysByName.remove(nameOf(key));
        }
        DeadLetterLog.ofThisProcess().add(parked.topic(), parked.partition(), parked.offset(), parked.reason());
        byte[] recordKey = parked.key() == null ? null : parked.key().getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(recordKey, parked.value(), Math.max(0, parked.timestamp()), headers(parked)), deadLetters);
    }

    private static String nameOf(String key) {
        return key.substring(0, key.indexOf('\0'));
    }

    private static Headers headers(Parked parked) {
        Headers headers = new RecordHeaders();
        DeadLetter.add(headers, "exception", InvalidEventException.class.getName());
        DeadLetter.add(headers, "message", parked.reason());
        DeadLetter.add(headers, "topic", parked.topic());
        DeadLetter.add(headers, "partition", Integer.toString(parked.partition()));
        DeadLetter.add(headers, "offset", Long.toString(parked.offset()));
        return headers;
    }

    /**
     * The part of a parked record that is kept on the heap.
     *
     * @param due epoch milliseconds of the wall clock
     */
    private record Waiting(long due, long offset, int bytes) {
        static Waiting of(Parked parked) {
            return new Waiting(
                    parked.dueAtWallClock(), parked.offset(), parked.value() == null ? 0 : parked.value().length);
        }
    }
}
