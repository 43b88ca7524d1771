package org.knockon.producers.recording;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RecordedValues;
import org.knockon.schemas.recording.RecordedValues.Accepted;

/**
 * What must be known of a recording before it is played: the window and the catalogue. The window begins with the first
 * observation, because a replay refuses earlier ones, and ends after the last event.
 */
final class RecordingScan {

    private final RecordedValues values;
    private final Map<String, MonitoredSystem> systems = new TreeMap<>();
    private final Map<String, CareService> services = new TreeMap<>();
    private long size;
    private long catalogueSize;
    private boolean catalogueOnly = true;
    private long firstObservation = Long.MAX_VALUE;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    RecordingScan(RecordedValues values) {
        this.values = values;
    }

    /** Call it with each record in the order of the file. */
    void add(RecordedRecord record) {
        size++;
        if (ofTheCatalogue(record)) {
            catalogueSize += catalogueOnly ? 1 : 0;
            values.accepted(record).ifPresent(accepted -> enter(record, accepted));
            return;
        }
        catalogueOnly = false;
        time(record).ifPresent(this::extend);
        if (record.topic() == Topics.SYSTEM_HEALTH) {
            values.accepted(record)
                    .map(Accepted::value)
                    .map(Observation.class::cast)
                    .ifPresent(seen -> {
                        firstObservation = Math.min(firstObservation, seen.observedAt());
                        extend(seen.observedAt());
                    });
        }
    }

    private static boolean ofTheCatalogue(RecordedRecord record) {
        return record.topic() == Topics.SYSTEMS || record.topic() == Topics.CARE_SERVICES;
    }

    private void enter(RecordedRecord record, Accepted accepted) {
        if (record.topic() == Topics.SYSTEMS) {
            put(systems, accepted.key(), (MonitoredSystem) accepted.value());
        } else {
            put(services, accepted.key(), (CareService) accepted.value());
        }
    }

    private static <V> void put(Map<String, V> entries, String key, V value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    private void extend(long time) {
        first = Math.min(first, time);
        last = Math.max(last, time);
    }

    /** The timestamp, unless the pipeline refuses it. */
    static OptionalLong time(RecordedRecord record) {
        return EventTimes.accepts(record.timestamp(), EventTimes.LATEST)
                ? OptionalLong.of(record.timestamp())
                : OptionalLong.empty();
    }

    /** First instant of the window, epoch milliseconds. */
    long from() {
        return first == Long.MAX_VALUE ? EventTimes.EARLIEST : Math.min(firstObservation, last);
    }

    /** First instant after the window, epoch milliseconds. */
    long to() {
        return Math.max(last, EventTimes.EARLIEST) + 1;
    }

    long size() {
        return size;
    }

    long catalogueSize() {
        return catalogueSize;
    }

    Collection<MonitoredSystem> systems() {
        return systems.values();
    }

    Collection<CareService> services() {
        return services.values();
    }
}
