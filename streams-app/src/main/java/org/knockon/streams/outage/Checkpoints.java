package org.knockon.streams.outage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;

/**
 * The fold of all observations before the start of a day (UTC), one for each day that has any. A late observation is folded in
 * from the checkpoint before it, not from the beginning of time.
 */
final class Checkpoints {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    /** Sorts before every system. */
    private static final Bytes BELIEVED = Bytes.wrap(new byte[] {0});

    private final KeyValueStore<Bytes, byte[]> store;

    Checkpoints(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static long dayOf(long instant) {
        return Math.floorDiv(instant, DAY) * DAY;
    }

    /** The clock of others by which outages were last judged and announced; {@link Long#MIN_VALUE} for never. */
    long believed() {
        byte[] instant = store.get(BELIEVED);
        return instant == null ? Long.MIN_VALUE : ByteBuffer.wrap(instant).getLong();
    }

    void believed(long instant) {
        store.put(BELIEVED, ByteBuffer.allocate(Long.BYTES).putLong(instant).array());
    }

    /** The newest checkpoint of a day not after the instant's, or null. */
    Checkpoint before(String systemId, MonitoringPolicy policy, long instant) {
        try (KeyValueIterator<Bytes, byte[]> found = store.reverseRange(
                ObservationLog.key(systemId, Long.MIN_VALUE, ""), ObservationLog.key(systemId, dayOf(instant), ""))) {
            if (!found.hasNext()) {
                return null;
            }
            KeyValue<Bytes, byte[]> entry = found.next();
            byte[] key = entry.key.get();
            long day = ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong() ^ Long.MIN_VALUE;
            return new Checkpoint(day, read(systemId, policy, entry.value));
        }
    }

    /** Stores the fold as it stands before {@code day}; returns whether it differs from what stood there. */
    boolean put(String systemId, long day, Detection detection) {
        byte[] bytes = write(detection);
        Bytes key = ObservationLog.key(systemId, day, "");
        if (Arrays.equals(bytes, store.get(key))) {
            return false;
        }
        store.put(key, bytes);
        return true;
    }

    /** Removes those of days before {@code before}. */
    void trim(String systemId, long before) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = store.range(
                ObservationLog.key(systemId, Long.MIN_VALUE, ""), ObservationLog.key(systemId, before - 1, ""))) {
            found.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(store::delete);
    }

    private static byte[] write(Detection detection) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try {
            detection.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Detection read(String systemId, MonitoringPolicy policy, byte[] bytes) {
        try {
            return Detection.read(systemId, policy, new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @param detection all observations before {@code day}, folded */
    record Checkpoint(long day, Detection detection) {}
}
