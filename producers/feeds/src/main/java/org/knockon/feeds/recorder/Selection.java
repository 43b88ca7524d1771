package org.knockon.feeds.recorder;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.RecordedRecord;

/**
 * Which records a recording keeps: the whole catalogue, the events in a span of time by their timestamps, and of each
 * appointment its last record before the span, without which bookings made earlier would be missing.
 */
final class Selection {

    private record Key(int partition, ByteBuffer key) {}

    private record Position(int partition, long offset) {}

    private final long from;
    private final long until;
    private final Map<Key, Long> lastBefore = new HashMap<>();
    private Set<Position> kept = Set.of();

    Selection(Optional<Instant> from, Optional<Instant> until) {
        this.from = from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        this.until = until.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    /** Whether the appointments have to be read twice. */
    boolean needsEarlierAppointments() {
        return from != Long.MIN_VALUE;
    }

    /** Call it with each record of the appointments, in the order of their offsets. */
    void note(RecordedRecord appointment) {
        if (appointment.timestamp() < from && appointment.key() != null) {
            lastBefore.put(new Key(appointment.partition(), ByteBuffer.wrap(appointment.key())), appointment.offset());
        }
    }

    /** Call it after the last appointment was noted. */
    void noted() {
        kept = new HashSet<>(lastBefore.size() * 2);
        lastBefore.forEach((key, offset) -> kept.add(new Position(key.partition(), offset)));
        lastBefore.clear();
    }

    boolean keeps(RecordedRecord record) {
        if (record.topic() == Topics.SYSTEMS || record.topic() == Topics.CARE_SERVICES) {
            return true;
        }
        if (record.timestamp() >= until) {
            return false;
        }
        return record.timestamp() >= from
                || record.topic() == Topics.APPOINTMENTS
                        && kept.contains(new Position(record.partition(), record.offset()));
    }
}
