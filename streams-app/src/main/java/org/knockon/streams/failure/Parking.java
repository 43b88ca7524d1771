package org.knockon.streams.failure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.streams.wire.Parked;

/**
 * Records that name a service or system which is not in the catalogue. The catalogue travels on topics of its own and may arrive a
 * moment later, or, to an app that catches up, minutes; so the verdict waits: the name turns up and nothing happens, or its grace
 * runs out and the record becomes a dead letter. Either way the event itself is kept, and takes effect should the name ever turn up.
 */
public final class Parking {

    /** Header names of Kafka Streams' own dead-letter queue (KIP-1034), which these records join. */
    private static final String HEADER = "__streams.errors.";

    private final KeyValueStore<String, Parked> store;
    private final ProcessorContext<Object, Object> context;
    private final String deadLetters;
    private final long grace;
    private final CatalogueArrival catalogue;
    private final Map<String, List<String>> keysByName = new HashMap<>();
    private int size;
    private long earliestDue = Long.MAX_VALUE;

    /**
     * @param deadLetters name of the child node that writes dead letters
     * @param grace milliseconds of wall clock that a name has to be written to the catalogue
     * @param catalogue tells whether what was written has come here yet
     */
    public Parking(
            KeyValueStore<String, Parked> store,
            ProcessorContext<Object, Object> context,
            String deadLetters,
            long grace,
            CatalogueArrival catalogue) {
        this.catalogue = catalogue;
        this.store = store;
        this.context = context;
        this.deadLetters = deadLetters;
        this.grace = grace;
        try (KeyValueIterator<String, Parked> all = store.all()) {
            all.forEachRemaining(entry -> note(entry.key, entry.value));
        }
    }

    public int size() {
        return size;
    }

    /** Parks the record being processed until the catalogue knows {@code name}. */
    public void park(String name, String reason, Record<String, ?> record, byte[] value) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        String key = prefix(name) + origin.partition() + "@" + origin.offset();
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
        note(key, parked);
    }

    private void note(String key, Parked parked) {
        keysByName
                .computeIfAbsent(key.substring(0, key.indexOf('\0')), name -> new ArrayList<>())
                .add(key);
        size++;
        earliestDue = Math.min(earliestDue, parked.dueAtWallClock());
    }

    /** The catalogue knows the name now. */
    public void release(String name) {
        List<String> keys = keysByName.remove(name);
        if (keys != null) {
            keys.forEach(store::delete);
            size -= keys.size();
        }
    }

    /** Turns every record into a dead letter whose name was not in the catalogue when its grace was over. */
    public void expire() {
        long now = context.currentSystemTimeMs();
        if (size == 0 || now < earliestDue || !catalogue.arrivedSince(earliestDue, now)) {
            return;
        }
        earliestDue = Long.MAX_VALUE;
        for (List<String> keys : keysByName.values()) {
            keys.removeIf(key -> {
                Parked parked = store.get(key);
                boolean due = parked.dueAtWallClock() <= catalogue.arrived();
                if (due) {
                    deadLetter(parked);
                    store.delete(key);
                    size--;
                } else {
                    earliestDue = Math.min(earliestDue, parked.dueAtWallClock());
                }
                return due;
            });
        }
        keysByName.values().removeIf(List::isEmpty);
    }

    private void deadLetter(Parked parked) {
        byte[] key = parked.key() == null ? null : parked.key().getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(key, parked.value(), Math.max(0, parked.timestamp()), headers(parked)), deadLetters);
    }

    private static String prefix(String name) {
        return name + '\0';
    }

    private static Headers headers(Parked parked) {
        return new RecordHeaders()
                .add(HEADER + "exception", bytes(InvalidEventException.class.getName()))
                .add(HEADER + "message", bytes(parked.reason()))
                .add(HEADER + "topic", bytes(parked.topic()))
                .add(HEADER + "partition", bytes(Integer.toString(parked.partition())))
                .add(HEADER + "offset", bytes(Long.toString(parked.offset())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
