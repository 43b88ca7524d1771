package org.knockon.benchmarks.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.knockon.benchmarks.harness.EstateClock;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.impact.model.Rules;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.KnockonTopology;
import org.knockon.streams.app.StreamsProperties;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;

/**
 * The whole topology in this thread, without a broker and with its stores on the heap: only the CPU of our own code is left. One call is
 * one record with all that follows from it, or one round of the timers; no step of a processor is longer than a call.
 */
final class BrokerlessPipeline implements AutoCloseable {

    /** Event time at which everything begins, epoch milliseconds. */
    static final long OPENS = EstateClock.OPENS;

    private static final String PREFIX = "bench.";
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final int MOST_ROUNDS = 100_000;
    private static final int CALLS_BETWEEN_DRAINS = 200;
    private static final long BUDGET_MILLIS = 20;
    private static final String CHANGELOG = "-changelog";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Activity activity = new Activity();
    private final KnockonSerdes serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://growth"));
    private final Path folder;
    private final TopologyTestDriver driver;
    private long cpuNanos;
    private long longestNanos;
    private long records;
    private long changelogBytes;
    private long outageRecords;
    private long outageBytes;
    private int calls;

    /**
     * Cost since {@link #restart}.
     *
     * @param longestMillis CPU of the longest call
     * @param changelogBytes keys and values written to changelogs
     * @param outageRecords written to {@code outages}
     */
    record Cost(
            double cpuSeconds,
            double longestMillis,
            long records,
            long changelogBytes,
            long outageRecords,
            long outageBytes) {}

    BrokerlessPipeline() throws IOException {
        folder = Files.createTempDirectory("knockon-bench");
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.failureHandling(PREFIX));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "growth");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        long day = Duration.ofDays(1).toMillis();
        PipelineSettings settings = new PipelineSettings(
                PREFIX, Rules.DEFAULT, new ClockMode.Replay(OPENS, OPENS + 30 * day), 400 * day, 1_000, BUDGET_MILLIS);
        driver = new TopologyTestDriver(
                KnockonTopology.buildOnHeap(settings, serdes, activity, (topic, partition, wallClock) -> true),
                properties,
                Instant.ofEpochMilli(OPENS));
    }

    /** Processes one record and everything that follows from it at once. */
    <V> void send(Topic<V> topic, String key, V value, long at) {
        String name = topic.name(PREFIX);
        byte[] bytes = serdes.value(topic).serializer().serialize(name, value);
        var input = driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer());
        TestRecord<String, byte[]> record = new TestRecord<>(key, bytes, Instant.ofEpochMilli(at));
        records++;
        measured(() -> input.pipeInput(record));
    }

    /**
     * Runs the timers until no work is left.
     *
     * @throws IllegalStateException if a record became a dead letter: then the wrong thing was measured
     */
    void settle() {
        drain();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            measured(() -> driver.advanceWallClockTime(ROUND));
            if (!drain() && activity.pending() == 0) {
                return;
            }
        }
        throw new IllegalStateException("still busy after " + MOST_ROUNDS + " rounds");
    }

    /** Resets all costs. */
    void restart() {
        drain();
        cpuNanos = 0;
        longestNanos = 0;
        records = 0;
        changelogBytes = 0;
        outageRecords = 0;
        outageBytes = 0;
    }

    Cost cost() {
        return new Cost(cpuNanos / 1e9, longestNanos / 1e6, records, changelogBytes, outageRecords, outageBytes);
    }

    private void measured(Runnable call) {
        long before = threads.getCurrentThreadCpuTime();
        call.run();
        long nanos = threads.getCurrentThreadCpuTime() - before;
        cpuNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
        if (++calls % CALLS_BETWEEN_DRAINS == 0) {
            drain();
        }
    }

    /** Reads the output, unmeasured; returns whether there was any outside the changelogs. */
    private boolean drain() {
        boolean any = false;
        for (String topic : driver.producedTopicNames()) {
            boolean changelog = topic.endsWith(CHANGELOG);
            TestOutputTopic<byte[], byte[]> output =
                    driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            while (!output.isEmpty()) {
                any |= !changelog;
                count(topic, changelog, output.readRecord());
            }
        }
        return any;
    }

    private void count(String topic, boolean changelog, TestRecord<byte[], byte[]> record) {
        long bytes = length(record.key()) + length(record.value());
        if (changelog) {
            changelogBytes += bytes;
        } else if (topic.equals(Topics.OUTAGES.name(PREFIX))) {
            outageRecords++;
            outageBytes += bytes;
        } else if (topic.equals(Topics.DEAD_LETTERS.name(PREFIX))) {
            throw new IllegalStateException("a record became a dead letter, so this run does not count");
        }
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
        try {
            Testbed.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
