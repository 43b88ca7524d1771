package org.knockon.streams.outage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.streams.codec.StateFormatException;

/**
 * For each day (UTC) that has observations, the fold of all observations before it. A late observation is folded in
 * from the latest checkpoint before it, not from the first observation. The store also holds marks: the instant from
 * which a refold of a system has to start again if the program ends before it is done.
 */
final class Checkpoints {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    /**
     * First byte of a stored fold. Raise it when the fold's bytes change; {@link Detection} has a form number of its
     * own.
     */
    private static final byte VERSION = 3;

    /** Sorts before every system. */
    private static final Bytes ACCEPTED_CLOCK = Bytes.wrap(new byte[] {0});

    /** First byte of a mark's key; sorts after every system. */
    private static final byte MARK = 2;

    private final KeyValueStore<Bytes, byte[]> store;
    private final int mostMonitors;

    /** @param mostMonitors largest number of monitors of one system that have a vote at the same time */
    Checkpoints(KeyValueStore<Bytes, byte[]> store, int mostMonitors) {
        this.store = store;
        this.mostMonitors = mostMonitors;
    }

    static long dayOf(long instant) {
        return Math.floorDiv(instant, DAY) * DAY;
    }

    /** The last clock accepted from outside this partition; {@link Long#MIN_VALUE} for none. */
    long acceptedClock() {
        byte[] instant = store.get(ACCEPTED_CLOCK);
        return instant == null ? Long.MIN_VALUE : ByteBuffer.wrap(instant).getLong();
    }

    void acceptClock(long instant) {
        store.put(ACCEPTED_CLOCK, bytes(instant));
    }

    /** The fold of no observation. */
    Checkpoint beginning(String systemId, MonitoringPolicy policy) {
        return new Checkpoint(Long.MIN_VALUE, new Detection(systemId, policy, mostMonitors));
    }

    /** The newest checkpoint of the instant's day or an earlier one; if there is none, the beginning. */
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

    /** The next system after the given one that has a checkpoint, or the first for null; null when there is none. */
    String systemAfter(String systemId) {
        return SystemKeys.systemAfter(store, systemId);
    }

    /** Stores the fold of all observations before {@code day}; returns whether it differs from the stored one. */
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

    /** Marks the checkpoints and announced outages of this system from {@code instant} on as unreliable. */
    void mark(String systemId, long instant) {
        store.put(markOf(systemId), bytes(instant));
    }

    void unmark(String systemId) {
        store.delete(markOf(systemId));
    }

    /** The marked instants by systemId. */
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
        bytes.write(VERSION);
        try {
            detection.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new IllegalStateException("cannot write a checkpoint into memory", impossible);
        }
        return bytes.toByteArray();
    }

    private Detection read(String systemId, MonitoringPolicy policy, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new StateFormatException("cannot read a checkpoint of system " + systemId + ": version "
                    + (bytes.length == 0 ? "missing" : bytes[0]) + " where this release reads version " + VERSION);
        }
        InputStream fold = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
        try {
            return Detection.read(systemId, policy, mostMonitors, new DataInputStream(fold));
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new StateFormatException("cannot read a checkpoint of system " + systemId + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param detection all observations before {@code day}, folded; {@link Long#MIN_VALUE} is the day of the beginning
     */
    record Checkpoint(long day, Detection detection) {
        boolean isBeginning() {
            return day == Long.MIN_VALUE;
        }
    }
}
