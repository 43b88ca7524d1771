package org.knockon.feeds.recorder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.knockon.feeds.recorder.TimeMerge.Lane;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.ReadableRange;
import org.knockon.schemas.recording.Manifest;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RecordingWriter;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;

/**
 * Records the committed records of the input topics, with their keys, values, headers and timestamps as they are, and
 * the schemas that the values name. What was written is safe from a crash of this process a second later.
 *
 * <p>Valid: {@code open, run, close}, from one thread; {@code stop} and {@code progress} at any time from any thread.
 */
public final class Recorder implements AutoCloseable {

    /** The topics of a recording. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();

    private final RecordingPlan plan;
    private final LongSupplier clock;
    private final CommittedReader reader;
    private final Registry registry;
    private final RecordingWriter writer;
    private final Map<TopicPartition, ReadableRange> start;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Selection selection;
    private final TimeMerge merge;
    private final Map<String, Long> written = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private long reached = Long.MIN_VALUE;
    private long flushedAt = System.nanoTime();
    private volatile boolean stopped;
    private volatile RecordingProgress progress = RecordingProgress.NONE;

    private Recorder(RecordingPlan plan, LongSupplier clock, CommittedReader reader, Registry registry)
            throws IOException {
        this.plan = plan;
        this.clock = clock;
        this.reader = reader;
        this.registry = registry;
        start = reader.ranges();
        reader.partitions().forEach(partition -> lanes.put(partition, lane(partition)));
        merge = new TimeMerge(lanes.values());
        selection = new Selection(plan.from(), plan.until());
        TOPICS.forEach(topic -> written.put(topic.shortName(), 0L));
        Manifest manifest = new Manifest(
                UUID.randomUUID().toString(),
                plan.program(),
                Instant.ofEpochMilli(clock.getAsLong()),
                plan.prefix(),
                plan.from(),
                plan.until(),
                reader.partitions().stream().map(start::get).toList());
        writer = RecordingWriter.create(plan.file(), manifest, registry);
    }

    /**
     * Connects, and creates the file with its manifest.
     *
     * @param clock the wall clock, epoch milliseconds
     * @throws org.knockon.schemas.reading.MissingTopicException if a topic does not exist
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     * @throws IOException if it cannot be written
     */
    @SuppressWarnings("resource") // the recorder closes both
    public static Recorder open(RecordingPlan plan, LongSupplier clock) throws IOException {
        CommittedReader reader = new CommittedReader(plan.client(), names(plan.prefix(), TOPICS));
        Registry registry = null;
        try {
            registry = RegistryClient.open(plan.client());
            return new Recorder(plan, clock, reader, registry);
        } catch (IOException | RuntimeException e) {
            reader.close();
            if (registry != null) {
                registry.close();
            }
            throw e;
        }
    }

    /**
     * Records until the planned end, or until {@link #stop}. In both cases the file is closed in order.
     *
     * @throws IOException if the file cannot be written; what was written before stays readable
     */
    public RecordingProgress run() throws IOException {
        if (selection.needsEarlierAppointments()) {
            readEarlierAppointments();
        }
        long until = plan.until().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        boolean follows = clock.getAsLong() < until;
        Map<TopicPartition, Long> ends = new HashMap<>();
        start.forEach((partition, range) -> ends.put(partition, range.end()));
        while (follows && !stopped) {
            read(ends, false);
            follows = clock.getAsLong() < until;
            ends.putAll(reader.ends());
        }
        read(ends, true);
        writer.end(!stopped);
        report(ends, !stopped);
        return progress;
    }

    /** Makes {@link #run} return soon, with a file that is readable up to there. */
    public void stop() {
        stopped = true;
    }

    public RecordingProgress progress() {
        return progress;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        registry.close();
        writer.close();
    }

    private void readEarlierAppointments() {
        try (CommittedReader appointments =
                new CommittedReader(plan.client(), names(plan.prefix(), List.of(Topics.APPOINTMENTS)))) {
            Map<TopicPartition, Long> ends = appointments.ends();
            while (!stopped && !appointments.reached(ends)) {
                appointments.poll(POLL).forEach(record -> selection.note(recorded(record)));
            }
        }
        selection.noted();
    }

    /** Reads to these ends; the last time, leaves out what is after them. */
    private void read(Map<TopicPartition, Long> ends, boolean last) throws IOException {
        do {
            List<TopicPartition> full = new ArrayList<>();
            lanes.forEach((partition, lane) -> {
                if (merge.full(lane)) {
                    full.add(partition);
                }
            });
            reader.resume(reader.partitions());
            reader.pause(full);
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                positions.put(partition, record.offset() + 1);
                if (!last || record.offset() < ends.get(partition)) {
                    merge.add(recorded(record));
                }
            }
            lanes.forEach(
                    (partition, lane) -> merge.ended(lane, reader.reached(Map.of(partition, ends.get(partition)))));
            write();
            report(ends, false);
        } while (!stopped && !reader.reached(ends));
    }

    private void write() throws IOException {
        for (Optional<RecordedRecord> next = merge.next(); next.isPresent(); next = merge.next()) {
            RecordedRecord record = next.get();
            if (selection.keeps(record)) {
                writer.write(record);
                written.merge(record.topic().shortName(), 1L, Long::sum);
                reached = Math.max(reached, record.timestamp());
            }
        }
        if (System.nanoTime() - flushedAt >= FLUSH_NANOS) {
            writer.flush();
            flushedAt = System.nanoTime();
        }
    }

    private void report(Map<TopicPartition, Long> ends, boolean complete) {
        long position = 0;
        long end = 0;
        for (ReadableRange range : start.values()) {
            TopicPartition partition = range.partition();
            long last = Math.max(range.begin(), ends.get(partition));
            end += last - range.begin();
            // After the last record there may be transaction markers.
            boolean atEnd = reader.reached(Map.of(partition, ends.get(partition)));
            position +=
                    (atEnd ? last : Math.min(last, positions.getOrDefault(partition, range.begin()))) - range.begin();
        }
        progress = new RecordingProgress(written, position, end, reached, complete);
    }

    private Lane lane(TopicPartition partition) {
        return new Lane(topic(partition.topic()), partition.partition());
    }

    private RecordedRecord recorded(ConsumerRecord<byte[], byte[]> record) {
        return new RecordedRecord(
                topic(record.topic()),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    private Topic<?> topic(String name) {
        return TOPICS.stream()
                .filter(topic -> topic.name(plan.prefix()).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(String prefix, List<Topic<?>> topics) {
        return topics.stream().map(topic -> topic.name(prefix)).toList();
    }
}
