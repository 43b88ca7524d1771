package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A record of a few kilobytes on the wire that no heap can hold: whatever reads it ends as a whole, and can be helped past it. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class OutOfMemoryIT {

    private static final int ZEROS = 170_000_000;
    /** Without the launcher's -XX:+ExitOnOutOfMemoryError: somebody may start the JVM in another way. */
    private static final List<String> SMALL_HEAP = List.of("-Xmx160m", "-XX:+UseSerialGC");

    private static final long LONG_ENOUGH = 90;
    private static final int MOST_STARTS = 10;
    /** Offset of the record. */
    private static final long AT = 4;

    private static final String GOOD = """
            {"key":"pas","value":{"systemId":"pas","status":"UP","observedAt":"%s","monitor":"probe","detail":null}}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyReaderEndsAndTheAppGoesOnBehindTheRecord(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        String group = prefix + "streams";
        assertThat(CommandRun.of(place, "topics", "create", "--replay", "--partitions", "1", "--prefix", prefix)
                        .exitCode())
                .isZero();
        produce(place, prefix, "2025-03-12T06:00:00Z");
        try (ChildCommand stream = start(place, List.of(), "stream", prefix)) {
            stream.awaitLine(line -> line.startsWith("streams app "));
            awaitPosition(place, group, prefix, 1);
            stream.interrupt();
            assertThat(stream.awaitExit(LONG_ENOUGH)).isEqualTo(130);
        }
        for (String minute : List.of("05", "10", "15")) {
            produce(place, prefix, "2025-03-12T06:" + minute + ":00Z");
        }
        assertThat(sendZeros(place, prefix).offset()).isEqualTo(AT);
        produce(place, prefix, "2025-03-12T07:00:00Z");

        assertThat(positionThatNoLongerMoves(place, prefix))
                .as("as docs/failures.md says")
                .isEqualTo(AT);
        try (ChildCommand warRoom = ChildCommand.start(
                Files.createTempDirectory(folder, "wall"),
                SMALL_HEAP,
                with(place, "war-room", "--port", "0", "--prefix", prefix))) {
            assertThat(warRoom.awaitExit(LONG_ENOUGH)).as(warRoom.err()).isEqualTo(3);
            assertThat(warRoom.err()).contains("knockon: the process ends: thread ", "OutOfMemoryError");
        }

        if (Boolean.getBoolean("knockon.long")) {
            readsItWithEnoughMemory(place, prefix);
        }

        skip(place, group, new TopicPartition(prefix + "system-health", 0), AT + 1);
        try (ChildCommand stream = start(place, SMALL_HEAP, "stream", prefix, "--until-quiet")) {
            stream.awaitLine((position(prefix) + (AT + 1))::equals);
            assertThat(stream.awaitExit(LONG_ENOUGH)).as(stream.err()).isZero();
            assertThat(stream.rest()).last().asString().contains("after 1 record");
        }
    }

    /** Takes 4 GB, so with {@code ./verify --long} only. */
    private void readsItWithEnoughMemory(SharedSandbox.Place place, String prefix) throws Exception {
        try (ChildCommand warRoom = ChildCommand.start(
                Files.createTempDirectory(folder, "wall"),
                // Three threads of it read the record at the same time, each with the batch and the value.
                List.of("-Xmx4g", "-XX:+UseSerialGC"),
                with(place, "war-room", "--port", "0", "--prefix", prefix))) {
            String address = warRoom.awaitLine(line -> line.contains(" on http"))
                    .replaceFirst(".* on (http\\S+?)/?(wall)?;.*", "$1");
            awaitReady(address);
        }
    }

    private long positionThatNoLongerMoves(SharedSandbox.Place place, String prefix) throws Exception {
        long before = -1;
        for (int start = 0; start < MOST_STARTS; start++) {
            try (ChildCommand stream = start(place, SMALL_HEAP, "stream", prefix)) {
                String line = stream.awaitLine(printed -> printed.startsWith(position(prefix)));
                long position = Long.parseLong(line.substring(position(prefix).length()));
                assertThat(stream.awaitExit(LONG_ENOUGH)).as(stream.err()).isEqualTo(3);
                assertThat(stream.err()).contains("knockon: the process ends: thread ", "OutOfMemoryError");
                if (position == before) {
                    return position;
                }
                before = position;
            }
        }
        throw new AssertionError("still moves at " + before);
    }

    private static String position(String prefix) {
        return "  " + prefix + "system-health-0: ";
    }

    private ChildCommand start(
            SharedSandbox.Place place, List<String> jvm, String command, String prefix, String... more)
            throws Exception {
        Path config = Files.writeString(
                folder.resolve("client.properties"), "consumer.session.timeout.ms=6000\nmax.poll.records=1\n");
        String[] arguments = with(
                place,
                command,
                "--prefix",
                prefix,
                "--command-config",
                config.toString(),
                "--set",
                "clock=replay",
                "--set",
                "replay.from=2025-03-12T00:00:00Z",
                "--set",
                "replay.until=2025-03-13T00:00:00Z",
                "--set",
                "catalogue.grace=PT1S",
                "--set",
                "http.port=-1",
                "--set",
                "state.dir=" + folder.resolve("state"));
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return ChildCommand.start(Files.createTempDirectory(folder, command), jvm, all);
    }

    private static String[] with(SharedSandbox.Place place, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + place.arguments().length);
        System.arraycopy(place.arguments(), 0, all, arguments.length, place.arguments().length);
        return all;
    }

    private static void produce(SharedSandbox.Place place, String prefix, String at) {
        CommandRun run = CommandRun.withInput(
                place, GOOD.formatted(at), "produce", "--topic", "system-health", "--file", "-", "--prefix", prefix);
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    /** The topic keeps whatever compression its producer chose. */
    private static RecordMetadata sendZeros(SharedSandbox.Place place, String prefix) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                place.arguments()[1],
                "compression.type",
                "zstd",
                "max.request.size",
                2_000_000_000,
                "buffer.memory",
                2_000_000_000L);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            long noon = Instant.parse("2025-03-12T06:30:00Z").toEpochMilli();
            return producer.send(new ProducerRecord<>(
                            prefix + "system-health",
                            null,
                            noon,
                            "pas".getBytes(StandardCharsets.UTF_8),
                            new byte[ZEROS]))
                    .get();
        }
    }

    private static void awaitReady(String address) throws Exception {
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(address + "/health/ready")).build();
        HttpClient http = HttpClient.newHttpClient();
        long deadline = System.nanoTime() + Duration.ofSeconds(LONG_ENOUGH).toNanos();
        while (http.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
            assertThat(System.nanoTime() - deadline).as("is not ready").isNegative();
            Thread.sleep(200);
        }
    }

    private static void awaitPosition(SharedSandbox.Place place, String group, String prefix, long offset)
            throws Exception {
        TopicPartition partition = new TopicPartition(prefix + "system-health", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.arguments()[1]))) {
            OffsetAndMetadata at = null;
            while (at == null || at.offset() < offset) {
                Thread.sleep(100);
                at = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
            }
        }
    }

    /** As docs/failures.md says: what kafka-consumer-groups --reset-offsets does, once the group is empty. */
    private static void skip(SharedSandbox.Place place, String group, TopicPartition partition, long next)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.arguments()[1]))) {
            long deadline = System.nanoTime() + Duration.ofSeconds(LONG_ENOUGH).toNanos();
            while (admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .groupState()
                    != GroupState.EMPTY) {
                assertThat(System.nanoTime() - deadline)
                        .as("the group is still in use")
                        .isNegative();
                Thread.sleep(200);
            }
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(next)))
                    .all()
                    .get();
        }
    }
}
