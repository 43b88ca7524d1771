package org.knockon.producers.recording;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.Manifest;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RecordingException;
import org.knockon.schemas.recording.RecordingWriter;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;

class RecordingTest {

    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://recording-test");
    private static final ScenarioEvents DEMO = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));

    @TempDir
    private Path folder;

    @Test
    void givesTheOracleWhatTheScenarioGivesIt() throws IOException {
        Recording recording = Recording.open(written("demo.avro", records(DEMO.stream())));

        assertThat(recording.complete()).isTrue();
        assertThat(recording.size()).isEqualTo(DEMO.size());
        assertThat(recording.catalogueSize()).isEqualTo(DEMO.catalogueSize());
        assertThat(recording.systems()).containsExactlyInAnyOrderElementsOf(DEMO.systems());
        assertThat(recording.services()).containsExactlyInAnyOrderElementsOf(DEMO.services());
        assertThat(recording.observations())
                .containsExactlyElementsOf(DEMO.observations().toList());
        assertThat(recording.versions())
                .containsExactlyElementsOf(DEMO.versions().toList());
        Verdict expected = verdict(DEMO);
        assertThat(expected.impacts()).hasSizeGreaterThan(100);
        assertThat(verdict(recording)).isEqualTo(expected);
    }

    @Test
    void theWindowBeginsWithTheFirstObservationAndEndsAfterTheLastEvent() throws IOException {
        Recording recording = Recording.open(written("demo.avro", records(DEMO.stream())));

        assertThat(recording.from())
                .isEqualTo(DEMO.observations()
                        .mapToLong(seen -> seen.observedAt())
                        .min()
                        .orElseThrow());
        assertThat(recording.to())
                .isEqualTo(DEMO.stream().mapToLong(ReplayEvent::eventTime).max().orElseThrow() + 1);
    }

    /** Time never runs backwards; a record that was late is due at once, with its own timestamp. */
    @Test
    void eventsAreDueInTheOrderOfTheFile() throws IOException {
        List<RecordedRecord> records = records(DEMO.stream());
        Recording recording = Recording.open(written("demo.avro", records));
        List<ReplayEvent> events;
        try (Stream<ReplayEvent> stream = recording.stream()) {
            events = stream.toList();
        }

        assertThat(events).hasSameSizeAs(records);
        long before = Long.MIN_VALUE;
        int late = 0;
        for (int i = 0; i < events.size(); i++) {
            ReplayEvent event = events.get(i);
            RecordedRecord record = (RecordedRecord) event.value();
            assertThat(event.arrivalOrder()).isEqualTo(i);
            assertThat(event.arrivesAt()).isGreaterThanOrEqualTo(Math.max(before, event.eventTime()));
            assertThat(record.value()).isEqualTo(records.get(i).value());
            assertThat(event.topic()).isEqualTo(record.topic());
            if (i >= recording.catalogueSize()) {
                assertThat(event.eventTime()).isEqualTo(record.timestamp());
            } else {
                assertThat(event.arrivesAt()).isEqualTo(recording.from());
            }
            late += event.arrivesAt() > event.eventTime() ? 1 : 0;
            before = event.arrivesAt();
        }
        assertThat(late).as("late records").isPositive();
    }

    @Test
    void leavesOutWhatThePipelineRefuses() throws IOException {
        List<RecordedRecord> records = records(DEMO.stream());
        RecordedRecord health = records.stream()
                .filter(record -> record.topic() == Topics.SYSTEM_HEALTH)
                .findFirst()
                .orElseThrow();
        RecordedRecord removed = records.get(0);
        records.add(with(health, bytes("{}"), health.timestamp()));
        records.add(with(health, health.value(), Long.MAX_VALUE));
        records.add(with(removed, null, removed.timestamp()));
        Recording recording = Recording.open(written("bad.avro", records));

        assertThat(recording.size()).isEqualTo(DEMO.size() + 3);
        assertThat(recording.observations()).hasSize((int) DEMO.observations().count());
        assertThat(recording.systems()).hasSize(DEMO.systems().size() - 1);
        assertThat(recording.to())
                .isLessThan(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        try (Stream<ReplayEvent> stream = recording.stream()) {
            assertThat(stream).hasSize((int) recording.size());
        }
    }

    @Test
    void aCutFileIsABeginningOfTheRecording() throws IOException {
        Path whole = written("demo.avro", records(DEMO.stream()));
        Path cut = folder.resolve("cut.avro");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(whole), (int) (Files.size(whole) * 2 / 3)));

        Recording recording = Recording.open(cut);

        assertThat(recording.complete()).isFalse();
        assertThat(recording.size()).isBetween(DEMO.catalogueSize() + 1, DEMO.size() - 1);
        assertThat(recording.version()).isEqualTo(Recording.open(whole).version());
        assertThat(new HashSet<>(DEMO.versions().toList()))
                .containsAll(recording.versions().toList());
    }

    @Test
    void refusesARecordingWithoutEvents() throws IOException {
        Path file = written("empty.avro", records(DEMO.stream().limit(DEMO.catalogueSize())));

        assertThatThrownBy(() -> Recording.open(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageEndingWith("holds no observations and no appointments, so nothing can be replayed");
    }

    private Path written(String name, List<RecordedRecord> records) throws IOException {
        Path file = folder.resolve(name);
        Manifest manifest =
                new Manifest("b1c7", "test", Instant.EPOCH, "knockon.", Optional.empty(), Optional.empty(), List.of());
        try (Registry registry = RegistryClient.open(CONFIG);
                RecordingWriter writer = RecordingWriter.create(file, manifest, registry)) {
            for (RecordedRecord record : records) {
                writer.write(record);
                if (writer.entries() % 100 == 0) {
                    writer.flush();
                }
            }
            writer.end(true);
        }
        return file;
    }

    private static List<RecordedRecord> records(Stream<ReplayEvent> events) {
        List<RecordedRecord> records = new ArrayList<>();
        try (KnockonSerdes serdes = new KnockonSerdes(CONFIG)) {
            events.forEach(event -> records.add(new RecordedRecord(
                    event.topic(),
                    0,
                    event.arrivalOrder(),
                    event.eventTime(),
                    bytes(event.key()),
                    serialized(serdes, event.topic(), event.value()),
                    new RecordHeaders())));
        }
        return records;
    }

    @SuppressWarnings("unchecked") // an event's value is of its topic's type
    private static <V> byte[] serialized(KnockonSerdes serdes, Topic<V> topic, Object value) {
        return serdes.value(topic).serializer().serialize(topic.name("knockon."), (V) value);
    }

    private static RecordedRecord with(RecordedRecord record, byte[] value, long timestamp) {
        return new RecordedRecord(
                record.topic(), record.partition(), record.offset(), timestamp, record.key(), value, record.headers());
    }

    private static Verdict verdict(ReplaySource events) {
        return BatchOracle.judge(
                new Inputs(
                        events.systems().stream().collect(toMap(MonitoredSystem::systemId, Function.identity())),
                        events.services().stream().collect(toMap(CareService::serviceId, Function.identity())),
                        events.observations().toList(),
                        events.versions().toList()),
                Rules.DEFAULT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
