package org.knockon.streams.outage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** The set of observations, by system, then time, then monitor. Key: systemId, 0, observedAt (8 bytes), monitor. */
final class ObservationLog {

    private static final SystemStatus[] STATUSES = SystemStatus.values();

    private final KeyValueStore<Bytes, byte[]> store;

    ObservationLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds the observation; false when it says nothing that is not known: of two the worse stays. */
    boolean add(Observation observation) {
        Bytes key = key(observation.systemId(), observation.observedAt(), observation.monitor());
        byte[] known = store.get(key);
        if (known != null && STATUSES[known[0]].compareTo(observation.status()) >= 0) {
            return false;
        }
        store.put(key, new byte[] {(byte) observation.status().ordinal()});
        return true;
    }

    /** Calls the reader for each observation from an instant on, in order, until it returns false. */
    void read(String systemId, long from, Reader reader) {
        int prefix = systemId.getBytes(StandardCharsets.UTF_8).length + 1;
        try (KeyValueIterator<Bytes, byte[]> found =
                store.range(key(systemId, from, ""), key(systemId, Long.MAX_VALUE, ""))) {
            boolean more = true;
            while (more && found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                byte[] key = entry.key.get();
                long observedAt = observedAt(systemId, entry.key);
                String monitor =
                        new String(key, prefix + Long.BYTES, key.length - prefix - Long.BYTES, StandardCharsets.UTF_8);
                more = reader.read(observedAt, monitor, STATUSES[entry.value[0]]);
            }
        }
    }

    /** observedAt of the system's newest observation; {@link Long#MIN_VALUE} when there is none. */
    long newest(String systemId) {
        try (KeyValueIterator<Bytes, byte[]> found =
                store.reverseRange(key(systemId, Long.MIN_VALUE, ""), key(systemId, Long.MAX_VALUE, ""))) {
            return found.hasNext() ? observedAt(systemId, found.next().key) : Long.MIN_VALUE;
        }
    }

    private static long observedAt(String systemId, Bytes key) {
        int prefix = systemId.getBytes(StandardCharsets.UTF_8).length + 1;
        return ByteBuffer.wrap(key.get(), prefix, Long.BYTES).getLong() ^ Long.MIN_VALUE;
    }

    /** Removes what is older than {@code before}. */
    void trim(String systemId, long before) {
        try (KeyValueIterator<Bytes, byte[]> old =
                store.range(key(systemId, Long.MIN_VALUE, ""), key(systemId, before, ""))) {
            while (old.hasNext()) {
                Bytes key = old.next().key;
                if (key.compareTo(key(systemId, before, "")) < 0) {
                    store.delete(key);
                }
            }
        }
    }

    /** The sign bit is flipped so that bytes sort as the numbers do. */
    static Bytes key(String systemId, long instant, String monitor) {
        byte[] id = systemId.getBytes(StandardCharsets.UTF_8);
        byte[] tail = monitor.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 1 + Long.BYTES + tail.length)
                .put(id)
                .put((byte) 0)
                .putLong(instant ^ Long.MIN_VALUE)
                .put(tail)
                .array());
    }

    /** Takes one observation; returns whether it wants the next. */
    interface Reader {
        boolean read(long observedAt, String monitor, SystemStatus status);
    }
}
