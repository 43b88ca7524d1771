package org.knockon.producers.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.recording.Recording;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.Manifest;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RecordingWriter;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;

class ReplayRecordsTest {

    private static final Map<String, Object> RECORDED = Map.of("schema.registry.url", "mock://replay-records-from");
    private static final Map<String, Object> TARGET = Map.of("schema.registry.url", "mock://replay-records-to");
    private static final Observation SEEN =
            new Observation("pas", SystemStatus.DOWN, 1_658_235_600_000L, "probe", null);

    @TempDir
    private Path folder;

    /** All but the name of the exercise and the ids of the schemas stays as it was recorded. */
    @Test
    void aRecordedEventKeepsItsKeyHeadersAndTimestamp() throws IOException {
        RecordedRecord recorded = recorded();
        Recording recording = Recording.open(written(recorded));
        try (KnockonSerdes target = new KnockonSerdes(TARGET);
                ReplayRecords records =
                        new ReplayRecords(recording, ReplaySettings.of("drill", ReplaySpeed.MAX, TARGET));
                Stream<ReplayEvent> events = recording.stream()) {
            ProducerRecord<byte[], byte[]> record =
                    records.of(events.findFirst().orElseThrow());

            assertThat(record.topic()).isEqualTo("knockon.replay.drill.system-health");
            assertThat(record.key()).isEqualTo(recorded.key());
            assertThat(record.timestamp()).isEqualTo(recorded.timestamp());
            assertThat(record.partition()).as("chosen by the key").isNull();
            assertThat(target.value(Topics.SYSTEM_HEALTH).deserializer().deserialize(record.topic(), record.value()))
                    .isEqualTo(SEEN);
            assertThat(Stream.of(record.headers().toArray())
                            .map(header -> header.key() + "=" + new String(header.value(), UTF_8)))
                    .containsExactlyInAnyOrder("ce_id=17", "exercise=drill");
            assertThat(Stream.of(recorded.headers().toArray()).map(header -> header.key()))
                    .as("the recording itself")
                    .containsExactly("ce_id", "exercise");
        }
    }

    private Path written(RecordedRecord record) throws IOException {
        Path file = folder.resolve("one.avro");
        Manifest manifest =
                new Manifest("b1c7", "test", Instant.EPOCH, "knockon.", Optional.empty(), Optional.empty(), List.of());
        try (Registry registry = RegistryClient.open(RECORDED);
                RecordingWriter writer = RecordingWriter.create(file, manifest, registry)) {
            writer.write(record);
            writer.end(true);
        }
        return file;
    }

    private static RecordedRecord recorded() {
        try (KnockonSerdes serdes = new KnockonSerdes(RECORDED)) {
            return new RecordedRecord(
                    Topics.SYSTEM_HEALTH,
                    3,
                    99,
                    SEEN.observedAt(),
                    "pas".getBytes(UTF_8),
                    serdes.value(Topics.SYSTEM_HEALTH).serializer().serialize("knockon.system-health", SEEN),
                    new RecordHeaders().add("ce_id", "17".getBytes(UTF_8)).add("exercise", "other".getBytes(UTF_8)));
        }
    }
}
