package org.knockon.streams.outage;

import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.task.TimeBudget;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The set of observations, by system, then time, then monitor. */
final class ObservationLog {

    private static final SystemStatus[] STATUSES = SystemStatus.values();

    private final KeyValueStore<Bytes, byte[]> store;

    ObservationLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds the observation; false when it says nothing that is not known: of two the worse stays. */
    boolean add(Observation observation) {
        Bytes key = SystemKeys.key(observation.systemId(), observation.observedAt(), observation.monitor());
        byte[] known = store.get(key);
        if (known != null && STATUSES[known[0]].compareTo(observation.status()) >= 0) {
            return false;
        }
        store.put(key, new byte[] {(byte) observation.status().ordinal()});
        return true;
    }

    /**
     * Calls the reader for each observation of a system in order, until it returns false.
     *
     * @param from the first key to read
     * @return whether the reader has had them all and wanted more
     */
    boolean read(String systemId, Bytes from, Reader reader) {
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, SystemKeys.end(systemId))) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                if (!reader.read(SystemKeys.instant(entry.key), SystemKeys.name(entry.key), STATUSES[entry.value[0]])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** observedAt of the system's newest observation; {@link Long#MIN_VALUE} when there is none. */
    long newest(String systemId) {
        try (KeyValueIterator<Bytes, byte[]> found =
                store.reverseRange(SystemKeys.key(systemId, Long.MIN_VALUE, ""), SystemKeys.end(systemId))) {
            return found.hasNext() ? SystemKeys.instant(found.next().key) : Long.MIN_VALUE;
        }
    }

    /** The first system that has observations and sorts after the given one; null for none. Null asks for the first of all. */
    String systemAfter(String systemId) {
        return SystemKeys.systemAfter(store, systemId);
    }

    /** Removes what is older than {@code before}; returns false when the slice was over first. */
    boolean trim(String systemId, long before, TimeBudget slice) {
        Bytes end = SystemKeys.key(systemId, before, "");
        try (KeyValueIterator<Bytes, byte[]> old = store.range(SystemKeys.key(systemId, Long.MIN_VALUE, ""), end)) {
            while (old.hasNext()) {
                Bytes key = old.next().key;
                if (key.compareTo(end) < 0) {
                    store.delete(key);
                }
                if (slice.over()) {
                    return !old.hasNext();
                }
            }
        }
        return true;
    }

    /** Takes one observation; returns whether it wants the next. */
    interface Reader {
        boolean read(long observedAt, String monitor, SystemStatus status);
    }
}
