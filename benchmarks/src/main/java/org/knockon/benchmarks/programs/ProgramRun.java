package org.knockon.benchmarks.programs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.LocalApp;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * One run of one program.
 *
 * @param events to process; 0 to serve without end
 * @param folder for its state
 */
record ProgramRun(ComparedProgram program, Map<String, Object> client, String prefix, long events, Path folder) {

    private static final int THREADS = 2;

    /** The same for all programs, milliseconds: one where throughput is measured, one where latency is. */
    private static final int COMMIT_MILLIS = 100;

    private static final int COMMIT_SOON_MILLIS = 50;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private String topic() {
        return Topics.APPOINTMENTS.name(prefix);
    }

    private String group() {
        return program.group(prefix);
    }

    private int appointments() {
        return (int) (events / 2);
    }

    private GroupOffsets offsets() throws Exception {
        return new GroupOffsets(client, group(), topic());
    }

    Stopwatch.Lap consumer() throws Exception {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", 2_000);
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Deserializer<AppointmentVersion> decoder =
                    serdes.value(Topics.APPOINTMENTS).deserializer();
            LongAdder done = new LongAdder();
            Thread reader = new Thread(() -> {
                var partitions = consumer.partitionsFor(topic()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                while (done.sum() < events) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                        if (decoder.deserialize(record.topic(), record.value()) != null) {
                            done.increment();
                        }
                    }
                }
            });
            reader.start();
            Stopwatch.Lap lap = Stopwatch.time(events, done::sum, () -> true);
            reader.join();
            return lap;
        }
    }

    Stopwatch.Lap passThrough(boolean stores) throws Exception {
        LongAdder done = new LongAdder();
        try (KafkaStreams streams = new KafkaStreams(
                        PassThrough.topology(topic(), program.output(prefix), stores, done), properties());
                GroupOffsets offsets = offsets()) {
            streams.start();
            return Stopwatch.time(events, done::sum, offsets::isCommitted);
        }
    }

    Stopwatch.Lap knockon() throws Exception {
        try (LocalApp app = startKnockon();
                GroupOffsets offsets = offsets()) {
            // It reads the appointments and one observation.
            Stopwatch.Lap lap = Stopwatch.time(
                    events,
                    () -> app.streams().activity().records() - 1,
                    () -> offsets.isCommitted() && offsets.isDrained());
            app.awaitIdle();
            if (GroupOffsets.end(client, Topics.DEAD_LETTERS.name(prefix)) > 0) {
                throw new IllegalStateException("a valid record became a dead letter");
            }
            requireCounts();
            return lap;
        }
    }

    /** Takes everything down after the lap: without an outage there is nothing to count. */
    private void requireCounts() throws Exception {
        try (Estate estate = OneDataCentre.estate(prefix, client, appointments());
                CountsReader counts = new CountsReader(prefix, client)) {
            // Repeats the observation that opened the estate, to advance the clock of this new object past it.
            estate.observe(OneDataCentre.ALL, SystemStatus.UP);
            estate.takeDown(OneDataCentre.ALL);
            Estate.updatedAndDown(appointments()).await(counts);
        }
    }

    LocalApp startKnockon() {
        Map<String, String> settings = AppSettings.replay(prefix, folder, THREADS);
        settings.put("application.id", group());
        Map<String, Object> alike = new HashMap<>(client);
        alike.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis());
        return LocalApp.start(settings, alike);
    }

    Stopwatch.Lap join() throws Exception {
        LongAdder done = new LongAdder();
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                KafkaStreams streams = newJoin(serdes, done);
                GroupOffsets offsets = offsets()) {
            streams.start();
            // The join is done only once its repartition topics are read to the end as well.
            Stopwatch.Lap lap = Stopwatch.time(events, done::sum, () -> offsets.isCommitted() && offsets.isDrained());
            try (PeerOutages outages = new PeerOutages(prefix + DslJoin.OUTAGES, client);
                    PublishedCounts counts = PublishedCounts.ofPeer(program.output(prefix), client)) {
                outages.begin();
                counts.await(
                        OneDataCentre.stillBooked(appointments()),
                        () -> streams.state().isRunningOrRebalancing(),
                        LONGEST);
            }
            return lap;
        }
    }

    KafkaStreams newJoin(KnockonSerdes serdes, LongAdder done) {
        Properties properties = properties();
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, DslJoin.CACHE_BYTES);
        return new KafkaStreams(DslJoin.topology(prefix, serdes, done, program.output(prefix)), properties);
    }

    private int commitMillis() {
        return events > 0 ? COMMIT_MILLIS : COMMIT_SOON_MILLIS;
    }

    /** The tuning of the streams app. */
    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis());
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put("linger.ms", 20);
        properties.put("batch.size", 256 * 1024);
        properties.put("compression.type", "lz4");
        properties.put("max.poll.records", 2_000);
        properties.put("auto.offset.reset", "earliest");
        return properties;
    }
}
