package org.knockon.systemtests.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** A record of a few kilobytes on the wire that fits in no heap: every process that reads it exits, and an operator can skip it. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class OutOfMemoryIT {

    private static final int ZEROS = 170_000_000;
    /** Without the launcher's -XX:+ExitOnOutOfMemoryError, because users may start the JVM in another way. */
    private static final List<String> SMALL_HEAP = List.of("-Xmx160m", "-XX:+UseSerialGC");

    private static final long TIMEOUT_SECONDS = 90;
    private static final int MAX_STARTS = 10;
    /** Offset of the record. */
    private static final long OFFSET = 4;

    private static final String GOOD = """
            {"key":"pas","value":{"systemId":"pas","status":"UP","observedAt":"%s","monitor":"probe","detail":null}}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyReaderExitsAndTheAppContinuesAfterTheRecordIsSkipped(SharedSandbox.Place place) throws Exception {
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
            assertThat(stream.awaitExit(TIMEOUT_SECONDS)).isEqualTo(130);
        }
        for (String minute : List.of("05", "10", "15")) {
            produce(place, prefix, "2025-03-12T06:" + minute + ":00Z");
        }
        assertThat(sendZeros(place, prefix).offset()).isEqualTo(OFFSET);
        produce(place, prefix, "2025-03-12T07:00:00Z");

        assertThat(finalPosition(place, prefix)).as("as docs/failures.md says").isEqualTo(OFFSET);
        try (ChildCommand warRoom = ChildCommand.start(
                Files.createTempDirectory(folder, "wall"),
                SMALL_HEAP,
                with(place, "war-room", "--port", "0", "--prefix", prefix))) {
            assertThat(warRoom.awaitExit(TIMEOUT_SECONDS)).as(warRoom.err()).isEqualTo(3);
            assertThat(warRoom.err()).contains("knockon: the process ends: thread ", "OutOfMemoryError");
        }

        if (Boolean.getBoolean("knockon.long")) {
            readsItWithEnoughMemory(place, prefix);
        }

        skip(place, group, new TopicPartition(prefix + "system-health", 0), OFFSET + 1);
        try (ChildCommand stream = start(place, SMALL_HEAP, "stream", prefix, "--until-idle")) {
            stream.awaitLine((position(prefix) + (OFFSET + 1))::equals);
            assertThat(stream.awaitExit(TIMEOUT_SECONDS)).as(stream.err()).isZero();
            assertThat(stream.rest()).last().asString().contains("after 1 record");
        }
    }

    /** Takes 4 GB, so with {@code ./verify --long} only. */
    private void readsItWithEnoughMemory(SharedSandbox.Place place, String prefix) throws Exception {
        try (ChildCommand warRoom = ChildCommand.start(
                Files.createTempDirectory(folder, "wall"),
                // Three threads read the record at the same time, and each holds the batch and the value.
                List.of("-Xmx4g", "-XX:+UseSerialGC"),
                with(place, "war-room", "--port", "0", "--prefix", prefix))) {
            String address = warRoom.awaitLine(line -> line.contains(" on http"))
                    .replaceFirst(".* on (http\\S+?)/?(wall)?;.*", "$1");
            awaitReady(address);
        }
    }

    private long finalPosition(SharedSandbox.Place place, String prefix) throws Exception {
        long before = -1;
        for (int start = 0; start < MAX_STARTS; start++) {
            try (ChildCommand stream = start(place, SMALL_HEAP, "stream", prefix)) {
                String line = stream.awaitLine(printed -> printed.startsWith(position(prefix)));
                long position = Long.parseLong(line.substring(position(prefix).length()));
                assertThat(stream.awaitExit(TIMEOUT_SECONDS)).as(stream.err()).isEqualTo(3);
                assertThat(stream.err()).contains("knockon: the process ends: thread ", "OutOfMemoryError");
                if (position == before) {
                    return position;
                }
                before = position;
            }
        }
        throw new AssertionError("the position still changes at " + before);
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
                "catalogue.grace.ms=1000",
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

    /** Sends compressed zeros: the topic keeps the compression of its producer. */
    private static RecordMetadata sendZeros(SharedSandbox.Place place, String prefix) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                place.bootstrapServers(),
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

    private static void awaitReady(String address) {
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(address + "/health/ready")).build();
        HttpClient http = HttpClient.newHttpClient();
        await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                .until(() ->
                        http.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }

    private static void awaitPosition(SharedSandbox.Place place, String group, String prefix, long offset) {
        TopicPartition partition = new TopicPartition(prefix + "system-health", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
            await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS)).until(() -> {
                OffsetAndMetadata position = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
                return position != null && position.offset() >= offset;
            });
        }
    }

    /** Skips the record as docs/failures.md describes: like kafka-consumer-groups --reset-offsets, once the group is empty. */
    private static void skip(SharedSandbox.Place place, String group, TopicPartition partition, long next)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
            await("empty group")
                    .atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .until(() -> admin.describeConsumerGroups(List.of(group))
                                    .all()
                                    .get()
                                    .get(group)
                                    .groupState()
                            == GroupState.EMPTY);
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(next)))
                    .all()
                    .get();
        }
    }
}
