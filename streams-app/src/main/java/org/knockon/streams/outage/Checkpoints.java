package org.knockon.streams.outage;

import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The fold of all observations before the start of a day (UTC), one for each day that has any. A late observation is folded in
 * from the checkpoint before it, not from the beginning of time. Beside them stand marks: from where a system must be folded again,
 * should the program end before that is done.
 */
final class Checkpoints {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    /** Sorts before every system. */
    private static final Bytes BELIEVED = Bytes.wrap(new byte[] {0});

    /** First byte of a mark's key; sorts after every system. */
    private static final byte MARK = 2;

    private final KeyValueStore<Bytes, byte[]> store;
    private final int mostMonitors;

    /** @param mostMonitors of one system that have a vote at once */
    Checkpoints(KeyValueStore<Bytes, byte[]> store, int mostMonitors) {
        this.store = store;
        this.mostMonitors = mostMonitors;
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
        store.put(BELIEVED, bytes(instant));
    }

    /** The fold of no observation. */
    Checkpoint beginning(String systemId, MonitoringPolicy policy) {
        return new Checkpoint(Long.MIN_VALUE, new Detection(systemId, policy, mostMonitors));
    }

    /** The newest checkpoint of a day not after the instant's, or the beginning. */
    Checkpoint before(String systemId, MonitoringPolicy policy, long instant) {
        long day = instant == Long.MIN_VALUE ? instant : dayOf(instant);
        try (KeyValueIterator<Bytes, byte[]> found =
                store.reverseRange(SystemKeys.key(systemId, Long.MIN_VALUE, ""), SystemKeys.key(systemId, day, ""))) {
            if (!found.hasNext()) {
                return beginning(systemId, policy);
            }
            KeyValue<Bytes, byte[]> entry = found.next();
            return new Checkpoint(SystemKeys.instant(entry.key), read(systemId, policy, entry.value));
        }
    }

    /** The first system that has a checkpoint and sorts after the given one; null for none. Null asks for the first of all. */
    String systemAfter(String systemId) {
        return SystemKeys.systemAfter(store, systemId);
    }

    /** Stores the fold as it stands before {@code day}; returns whether it differs from what stood there. */
    boolean put(String systemId, long day, Detection detection) {
        byte[] bytes = write(detection);
        Bytes key = SystemKeys.key(systemId, day, "");
        if (Arrays.equals(bytes, store.get(key))) {
            return false;
        }
        store.put(key, bytes);
        return true;
    }

    /** Removes those of days before {@code before}. */
    void trim(String systemId, long before) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                store.range(SystemKeys.key(systemId, Long.MIN_VALUE, ""), SystemKeys.key(systemId, before - 1, ""))) {
            found.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(store::delete);
    }

    /** From {@code instant} on, the checkpoints of this system and its announced outages are not to be trusted. */
    void mark(String systemId, long instant) {
        store.put(markOf(systemId), bytes(instant));
    }

    void unmark(String systemId) {
        store.delete(markOf(systemId));
    }

    /** The instants by systemId. */
    Map<String, Long> marks() {
        Map<String, Long> marks = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                store.range(Bytes.wrap(new byte[] {MARK}), Bytes.wrap(new byte[] {MARK + 1}))) {
            found.forEachRemaining(entry -> {
                byte[] key = entry.key.get();
                marks.put(
                        new String(key, 1, key.length - 1, StandardCharsets.UTF_8),
                        ByteBuffer.wrap(entry.value).getLong());
            });
        }
        return marks;
    }

    private static Bytes markOf(String systemId) {
        byte[] id = systemId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(MARK).put(id).array());
    }

    private static byte[] bytes(long instant) {
        return ByteBuffer.allocate(Long.BYTES).putLong(instant).array();
    }

    private static byte[] write(Detection detection) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try {
            detection.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new IllegalStateException("cannot write a checkpoint into memory", impossible);
        }
        return bytes.toByteArray();
    }

    private Detection read(String systemId, MonitoringPolicy policy, byte[] bytes) {
        try {
            return Detection.read(systemId, policy, mostMonitors, new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new IllegalStateException("the stored checkpoint of system " + systemId + " cannot be read", e);
        }
    }

    /** @param detection all observations before {@code day}, folded; {@link Long#MIN_VALUE} is the day of the beginning */
    record Checkpoint(long day, Detection detection) {
        boolean isBeginning() {
            return day == Long.MIN_VALUE;
        }
    }
}
