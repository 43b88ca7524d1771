package org.knockon.feeds.recorder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.RecordedRecord;

/**
 * Merges the records of several partitions into the order of a recording: the catalogue first, then by timestamp; at
 * equal timestamps by topic and partition. Each partition keeps its own order, so a record that was late stays late.
 *
 * <p>A record is ready when every partition that has not ended has one waiting. So a bounded number waits, if the caller
 * stops reading the partitions that are {@link #full}.
 */
final class TimeMerge {

    private static final long MOST_BYTES = 1024 * 1024;

    /** A partition of an input topic. */
    record Lane(Topic<?> topic, int partition) {}

    private static final List<Topic<?>> ORDER =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    private final List<Waiting> lanes = new ArrayList<>();

    TimeMerge(Collection<Lane> all) {
        all.forEach(lane -> lanes.add(new Waiting(lane)));
        lanes.sort(Waiting::compareLanes);
    }

    void add(RecordedRecord record) {
        Waiting waiting = of(new Lane(record.topic(), record.partition()));
        waiting.records.add(record);
        waiting.bytes += record.size();
    }

    /** Whether more of this partition may come; a partition that has ended is not waited for. */
    void ended(Lane lane, boolean ended) {
        of(lane).ended = ended;
    }

    /** Whether this partition has enough records waiting. */
    boolean full(Lane lane) {
        return of(lane).bytes >= MOST_BYTES;
    }

    /** Takes the next record if it is ready. */
    Optional<RecordedRecord> next() {
        Waiting first = null;
        for (Waiting lane : lanes) {
            if (lane.records.isEmpty()) {
                if (!lane.ended) {
                    return Optional.empty();
                }
            } else if (first == null || lane.time() < first.time()) {
                first = lane;
            }
        }
        return first == null ? Optional.empty() : Optional.of(first.take());
    }

    private Waiting of(Lane lane) {
        return lanes.stream()
                .filter(one -> one.lane.equals(lane))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no partition " + lane));
    }

    private static final class Waiting {

        private final Lane lane;
        private final boolean catalogue;
        private final Deque<RecordedRecord> records = new ArrayDeque<>();
        private long bytes;
        private boolean ended;

        Waiting(Lane lane) {
            this.lane = lane;
            catalogue = lane.topic() == Topics.SYSTEMS || lane.topic() == Topics.CARE_SERVICES;
        }

        /** Events are read after the catalogue, however old they are. */
        long time() {
            return catalogue ? Long.MIN_VALUE : records.getFirst().timestamp();
        }

        RecordedRecord take() {
            RecordedRecord taken = records.removeFirst();
            bytes -= taken.size();
            return taken;
        }

        static int compareLanes(Waiting a, Waiting b) {
            int byTopic = Integer.compare(ORDER.indexOf(a.lane.topic()), ORDER.indexOf(b.lane.topic()));
            return byTopic != 0 ? byTopic : Integer.compare(a.lane.partition(), b.lane.partition());
        }
    }
}
