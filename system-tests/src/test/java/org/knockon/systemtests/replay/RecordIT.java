package org.knockon.systemtests.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** What was recorded is replayed with the same results. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class RecordIT {

    private static final List<String> INPUTS = List.of("systems", "care-services", "system-health", "appointments");

    @TempDir
    private Path folder;

    @Test
    void aReplayedRecordingHasTheSameRecordsAndTheSameImpacts(SharedSandbox.Place place) {
        String original = replay(place, "pas-outage-demo", "first");
        addADeadLetter(place, original);
        Path file = folder.resolve("demo.avro");

        CommandRun record = record(place, original, file, "--output", "json");

        assertThat(record.exitCode()).as(record.toString()).isZero();
        JsonNode counts = record.json().get(0).get("records");
        assertThat(counts.get("appointments").intValue()).isGreaterThan(500);
        assertThat(record.err()).contains("recording: 100%");

        String again = replay(place, file.toString(), "again");

        for (String topic : INPUTS) {
            Map<String, List<String>> before = byKey(consume(place, original, topic));
            assertThat(byKey(consume(place, again, topic))).as(topic).isEqualTo(before);
            int unreadable = topic.equals("appointments") ? 1 : 0;
            assertThat(before.values().stream().mapToInt(List::size).sum() + unreadable)
                    .isEqualTo(counts.get(topic).intValue());
        }
        assertThat(consume(place, again, "appointments"))
                .allSatisfy(
                        line -> assertThat(line.get("headers").get("exercise").textValue())
                                .isEqualTo("again"));
        assertThat(impacts(place, again)).hasSizeGreaterThan(100).isEqualTo(impacts(place, original));
        assertThat(consume(place, again, "dead-letters")).hasSize(1);

        CommandRun verify = verify(place, file.toString(), "--prefix", again);
        assertThat(verify.exitCode()).as(verify.toString()).isZero();
    }

    @Test
    void aFileCutByACrashIsReplayedToItsLastWholeBlock(SharedSandbox.Place place) throws IOException {
        String original = replay(place, "pas-outage-demo", "whole");
        Path file = folder.resolve("whole.avro");
        assertThat(record(place, original, file).exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.avro"), Arrays.copyOf(bytes, bytes.length - 10));

        CommandRun replay = replayRun(place, cut.toString(), "cut");

        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        JsonNode summary = replay.json().get(0);
        assertThat(summary.get("synthetic").textValue())
                .startsWith("Records of the topics " + original + "*, as they were on ")
                .endsWith("The recording was interrupted, so it ends early.");
        assertThat(summary.get("verification").get("verified").booleanValue()).isTrue();
    }

    @Test
    void recordsASpanWithTheBookingsMadeBefore(SharedSandbox.Place place) {
        String original = replay(place, "pas-outage-demo", "span");
        Path file = folder.resolve("morning.avro");
        Instant from = Instant.parse("2025-03-12T06:00:00Z");
        Instant until = Instant.parse("2025-03-12T12:00:00Z");

        CommandRun record = record(place, original, file, "--from", from.toString(), "--until", until.toString());

        assertThat(record.exitCode()).as(record.toString()).isZero();
        assertThat(record.out()).containsPattern("recorded [\\d,]+ records of " + original.replace(".", "\\."));
        String again = replay(place, file.toString(), "morning");
        assertThat(consume(place, again, "system-health"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(time(line)).isBetween(from, until.minusMillis(1)));
        List<JsonNode> appointments = consume(place, again, "appointments");
        assertThat(appointments).allSatisfy(line -> assertThat(time(line)).isBefore(until));
        Map<String, Long> earlier = new TreeMap<>();
        appointments.stream()
                .filter(line -> time(line).isBefore(from))
                .forEach(line -> earlier.merge(line.get("key").textValue(), 1L, Long::sum));
        assertThat(earlier).hasSizeGreaterThan(300);
        assertThat(earlier.values())
                .as("one earlier record of each appointment")
                .containsOnly(1L);
    }

    @Test
    void recordsWhatArrivesUntilItIsInterrupted(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix)
                        .exitCode())
                .isZero();
        Path file = folder.resolve("live.avro");
        Stream<String> command =
                Stream.of("record", "--file", file.toString(), "--until", "2099-01-01T00:00:00Z", "--prefix", prefix);
        try (ChildCommand record = ChildCommand.start(
                folder, Stream.concat(command, Stream.of(place.arguments())).toArray(String[]::new))) {
            record.awaitLine(line -> line.startsWith("recording: "));
            String line = "{\"key\":\"pas\",\"value\":{\"systemId\":\"pas\",\"status\":\"UP\","
                    + "\"observedAt\":\"2026-01-01T00:00:00Z\",\"monitor\":\"probe\",\"detail\":null}}";
            assertThat(CommandRun.withInput(
                                    place,
                                    line,
                                    "produce",
                                    "--topic",
                                    "system-health",
                                    "--file",
                                    "-",
                                    "--prefix",
                                    prefix)
                            .exitCode())
                    .isZero();
            record.awaitLine(shown -> shown.contains("1 record"));

            record.interrupt();

            assertThat(record.awaitExit(60)).isEqualTo(130);
            assertThat(record.err()).doesNotContain("knockon:");
        }
        CommandRun replay = replayRun(place, file.toString(), "live");
        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        assertThat(replay.json().get(0).get("events").intValue()).isEqualTo(1);
        assertThat(replay.json().get(0).get("synthetic").textValue()).contains("was interrupted");
    }

    /** Killed, it leaves what it had written a second before. */
    @Test
    void aKilledRecorderLeavesAReadableFile(SharedSandbox.Place place) throws Exception {
        String original = replay(place, "pas-outage-demo", "killed");
        Path file = folder.resolve("killed.avro");
        Stream<String> command =
                Stream.of("record", "--file", file.toString(), "--until", "2099-01-01T00:00:00Z", "--prefix", original);
        try (ChildCommand record = ChildCommand.start(
                folder, Stream.concat(command, Stream.of(place.arguments())).toArray(String[]::new))) {
            record.awaitLine(line -> line.startsWith("recording: 100%"));
            await().until(() -> Files.size(file) > 10_000);
        }
        CommandRun replay = replayRun(place, file.toString(), "after");
        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        assertThat(replay.json().get(0).get("events").intValue()).isGreaterThan(1_000);
    }

    @Test
    void neverOverwritesAFile(SharedSandbox.Place place) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.avro"), "mine");

        CommandRun record = record(place, place.prefix(), file);

        assertThat(record.exitCode()).as(record.toString()).isEqualTo(2);
        assertThat(record.err()).contains(file + " exists, and a recording is never overwritten");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void namesMissingTopicsAndMakesNoFile(SharedSandbox.Place place) {
        Path file = folder.resolve("none.avro");
        String prefix = place.prefix();

        CommandRun record = record(place, prefix, file);

        assertThat(record.exitCode()).isEqualTo(3);
        assertThat(record.err()).contains("missing topics: " + prefix + "systems");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesFilesThatAreNotRecordings(SharedSandbox.Place place) throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.avro"), "notes");

        CommandRun missing =
                CommandRun.of(place, "replay", folder.resolve("missing.avro").toString());
        CommandRun foreign = CommandRun.of(place, "replay", notes.toString(), "--publish-only", "--run", "x");

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("missing.avro: no such file");
        assertThat(foreign.exitCode()).isEqualTo(2);
        assertThat(foreign.err()).contains("knockon: " + notes + " is not a recording; 'knockon record' writes one");
    }

    /** Returns the prefix of the topics. */
    private static String replay(SharedSandbox.Place place, String what, String run) {
        CommandRun replay = replayRun(place, what, run);
        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        JsonNode summary = replay.json().get(0);
        assertThat(summary.get("verification").get("verified").booleanValue()).isTrue();
        return summary.get("topicPrefix").textValue();
    }

    private static CommandRun replayRun(SharedSandbox.Place place, String what, String run) {
        return CommandRun.of(
                place,
                "replay",
                what,
                "--verify",
                "--headless",
                "--output",
                "json",
                "--run",
                run,
                "--prefix",
                place.prefix());
    }

    private static CommandRun record(SharedSandbox.Place place, String prefix, Path file, String... more) {
        return CommandRun.of(
                place,
                Stream.concat(Stream.of("record", "--file", file.toString(), "--prefix", prefix), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static CommandRun verify(SharedSandbox.Place place, String what, String... more) {
        return CommandRun.of(
                place,
                Stream.concat(Stream.of("verify", "--scenario", what), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** A value that names a schema which no registry has. */
    private static void addADeadLetter(SharedSandbox.Place place, String prefix) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", place.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    prefix + "appointments",
                    null,
                    Instant.parse("2025-03-12T09:00:00Z").toEpochMilli(),
                    "X-1".getBytes(UTF_8),
                    new byte[] {0, 0x7f, 0, 0, 1, 2}));
        }
    }

    private static List<JsonNode> consume(SharedSandbox.Place place, String prefix, String topic) {
        return CommandRun.of(place, "consume", "--topic", topic, "--from-beginning", "--until-end", "--prefix", prefix)
                .json();
    }

    /** Key, value and timestamp of each record, in the order of each key. */
    private static Map<String, List<String>> byKey(List<JsonNode> lines) {
        Map<String, List<String>> byKey = new TreeMap<>();
        lines.forEach(line -> byKey.computeIfAbsent(line.get("key").textValue(), key -> new ArrayList<>())
                .add(line.get("timestamp").textValue() + " " + line.get("value")));
        return byKey;
    }

    /** The newest impact of each appointment, without the time at which it was assessed. */
    /** Without NONE: an impact that came and went with the order of arrival between partitions leaves such a record. */
    private static Map<String, JsonNode> impacts(SharedSandbox.Place place, String prefix) {
        Map<String, JsonNode> newest = new TreeMap<>();
        consume(place, prefix, "care-impacts").forEach(line -> {
            if (line.get("value") instanceof ObjectNode value
                    && !value.get("state").textValue().equals("NONE")) {
                value.remove("assessedAt");
                newest.put(line.get("key").textValue(), value);
            } else {
                newest.remove(line.get("key").textValue());
            }
        });
        return newest;
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.get("timestamp").textValue());
    }
}
