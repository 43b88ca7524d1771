package org.knockon.streams.outage;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.codec.StateEnums;
import org.knockon.streams.task.TimeBudget;

/** The set of observations, by system, then time, then monitor. */
final class ObservationLog {

    private final KeyValueStore<Bytes, byte[]> store;

    ObservationLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * Adds an observation. Returns false for a repeat that changes nothing: of two with the same key the worse stays.
     */
    boolean add(Observation observation) {
        Bytes key = SystemKeys.key(observation.systemId(), observation.observedAt(), observation.monitor());
        byte[] known = store.get(key);
        if (known != null && StateEnums.OBSERVATION.fromBytes(known).compareTo(observation.status()) >= 0) {
            return false;
        }
        store.put(key, StateEnums.OBSERVATION.toBytes(observation.status()));
        return true;
    }

    /**
     * Calls the reader for each observation of a system in order, until it returns false.
     *
     * @param from the first key to read
     * @return whether the reader received all of them and did not stop
     */
    boolean read(String systemId, Bytes from, Reader reader) {
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, SystemKeys.end(systemId))) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                if (!reader.read(
                        SystemKeys.instant(entry.key),
                        SystemKeys.name(entry.key),
                        StateEnums.OBSERVATION.fromBytes(entry.value))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Time of the system's newest observation; {@link Long#MIN_VALUE} for none. */
    long newest(String systemId) {
        try (KeyValueIterator<Bytes, byte[]> found =
                store.reverseRange(SystemKeys.key(systemId, Long.MIN_VALUE, ""), SystemKeys.end(systemId))) {
            return found.hasNext() ? SystemKeys.instant(found.next().key) : Long.MIN_VALUE;
        }
    }

    /** The next system after the given one that has observations, or the first for null; null when there is none. */
    String systemAfter(String systemId) {
        return SystemKeys.systemAfter(store, systemId);
    }

    /** Removes observations older than {@code before}; returns false when the budget was spent first. */
    boolean trim(String systemId, long before, TimeBudget budget) {
        Bytes end = SystemKeys.key(systemId, before, "");
        try (KeyValueIterator<Bytes, byte[]> old = store.range(SystemKeys.key(systemId, Long.MIN_VALUE, ""), end)) {
            while (old.hasNext()) {
                Bytes key = old.next().key;
                if (key.compareTo(end) < 0) {
                    store.delete(key);
                }
                if (budget.isSpent()) {
                    return !old.hasNext();
                }
            }
        }
        return true;
    }

    /** Receives one observation; returns whether to continue. */
    interface Reader {
        boolean read(long observedAt, String monitor, SystemStatus status);
    }
}
