package org.knockon.schemas.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Samples;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.ReadableRange;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;

class RecordingFileTest {

    private static final Map<String, String> SOURCE = Map.of("schema.registry.url", "mock://recorded");
    private static final Map<String, String> TARGET = Map.of("schema.registry.url", "mock://replayed");
    private static final String LIVE = "knockon.system-health";

    private static final Manifest MANIFEST = new Manifest(
            "7d0e0c3e-0000-4000-8000-000000000001",
            "knockon 9",
            Instant.parse("2022-08-01T12:00:00.123Z"),
            "knockon.",
            Optional.of(Instant.parse("2022-07-18T00:00:00Z")),
            Optional.empty(),
            List.of(new ReadableRange(new TopicPartition(LIVE, 3), 5, 99)));

    private final Registry registry = RegistryClient.open(SOURCE);

    @TempDir
    private Path folder;

    @Test
    void givesBackEveryByte() throws IOException {
        Headers headers = new RecordHeaders()
                .add("ce_id", "1".getBytes(StandardCharsets.UTF_8))
                .add("empty", null);
        List<RecordedRecord> records = List.of(
                new RecordedRecord(Topics.SYSTEMS, 0, 7, 1, bytes("pas"), null, new RecordHeaders()),
                health(3, "epr"),
                new RecordedRecord(Topics.SYSTEM_HEALTH, 3, 8, Samples.NOON, null, bytes("{}"), headers),
                new RecordedRecord(Topics.APPOINTMENTS, 1, 9, -1, new byte[] {(byte) 0xff}, new byte[0], headers));
        Path file = written("whole.avro", records, true);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.manifest()).isEqualTo(MANIFEST);
            assertThat(all(reader))
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(records);
            assertThat(reader.complete()).isTrue();
            assertThat(reader.schemas().size()).isEqualTo(1);
        }
    }

    @Test
    void onlyItsOwnerCanReadItAndItIsNeverOverwritten() throws IOException {
        Path file = written("mine.avro", List.of(), true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> RecordingWriter.create(file, MANIFEST, registry))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** Whatever byte a crash cuts it at: a beginning of the records, never an error, never more than was flushed. */
    @Test
    void isReadableToItsLastWholeBlockWhereverItIsCut() throws IOException {
        Path whole = folder.resolve("blocks.avro");
        List<Integer> sizes = new ArrayList<>();
        try (RecordingWriter writer = RecordingWriter.create(whole, MANIFEST, registry)) {
            sizes.add((int) Files.size(whole));
            for (int i = 0; i < 5; i++) {
                writer.write(health(i, "system-" + i));
                writer.flush();
                sizes.add((int) Files.size(whole));
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.avro");
        for (int length = sizes.get(0); length <= bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            int end = length;
            long blocks = sizes.stream().filter(size -> size <= end).count() - 1;
            try (RecordingReader reader = RecordingReader.open(cut)) {
                assertThat(all(reader)).as("cut at byte %d", length).hasSize((int) blocks);
                assertThat(reader.complete()).isFalse();
            }
        }
        for (int length = 0; length < sizes.get(0); length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> RecordingReader.open(cut)).isInstanceOf(RecordingException.class);
        }
    }

    @Test
    void refusesDamageBeforeTheEnd() throws IOException {
        List<RecordedRecord> many = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] value = new byte[1_000];
            random.nextBytes(value);
            value[0] = 1;
            many.add(new RecordedRecord(Topics.APPOINTMENTS, 0, i, i, null, value, new RecordHeaders()));
        }
        Path file = written("damaged.avro", many, true);
        byte[] bytes = Files.readAllBytes(file);
        // More than a block, so that the mark at its end is hit.
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 70_000, (byte) 0);
        Files.write(file, bytes);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThatThrownBy(() -> all(reader))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("damaged.avro is damaged after ");
        }
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.avro"), "not a recording at all\n");
        Path foreign = folder.resolve("foreign.avro");
        Schema schema = Schema.create(Schema.Type.STRING);
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, foreign.toFile());
            writer.append("hello");
        }
        Path newer = folder.resolve("newer.avro");
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setMeta(RecordingForm.KEY, "2").create(schema, newer.toFile());
        }

        assertThatThrownBy(() -> RecordingReader.open(folder.resolve("none.avro")))
                .isInstanceOf(RecordingException.class)
                .hasMessageEndingWith("none.avro: no such file");
        for (Path file : List.of(text, foreign)) {
            assertThatThrownBy(() -> RecordingReader.open(file))
                    .isInstanceOf(RecordingException.class)
                    .hasMessage(file + " is not a recording; 'knockon record' writes one");
        }
        assertThatThrownBy(() -> RecordingReader.open(newer))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("is a recording of form 2");
    }

    /** The other registry has given the id to another schema. */
    @Test
    void valuesAreReadWithTheIdsOfAnotherRegistry() throws IOException {
        try (KnockonSerdes other = new KnockonSerdes(TARGET)) {
            for (Topic<?> topic : List.of(Topics.OUTAGES, Topics.APPOINTMENTS)) {
                serialized(other, topic, Samples.all().get(topic).get(0));
            }
        }
        RecordedRecord recorded = health(0, "epr");
        Path file = written("ids.avro", List.of(recorded), true);
        try (RecordingReader reader = RecordingReader.open(file);
                KnockonSerdes serdes = new KnockonSerdes(TARGET)) {
            all(reader);
            try (RegisteredSchemas registered = new RegisteredSchemas(reader.schemas(), TARGET)) {
                String topic = "knockon.replay.again.system-health";
                byte[] translated = registered.translated(topic, recorded.value());

                assertThat(translated).isNotEqualTo(recorded.value());
                assertThat(serdes.value(Topics.SYSTEM_HEALTH).deserializer().deserialize(topic, translated))
                        .isEqualTo(observation("epr"));
                assertThat(registered.translated(topic, null)).isNull();
                assertThat(registered.translated(topic, bytes("{}"))).isEqualTo(bytes("{}"));
            }
        }
    }

    /** Otherwise a value that was unreadable would be read with the schema that has its id in the other registry. */
    @Test
    void aValueOfAnUnknownSchemaStaysUnreadable() throws IOException {
        byte[] unknown = {0, 0, 0, 4, 1, 2, 2};
        RecordedRecord record = new RecordedRecord(
                Topics.SYSTEM_HEALTH, 0, 0, Samples.NOON, bytes("epr"), unknown, new RecordHeaders());
        Path file = written("unknown.avro", List.of(record), true);
        try (RecordingReader reader = RecordingReader.open(file);
                RegisteredSchemas registered = new RegisteredSchemas(reader.schemas(), TARGET)) {
            assertThat(all(reader)).hasSize(1);
            assertThat(registered.translated(LIVE, unknown)).isEqualTo(new byte[] {0, 0x7f, -1, -1, -1, 2, 2});
            assertThat(new RecordedValues(reader.schemas()).accepted(record)).isEmpty();
        }
    }

    @Test
    void acceptsWhatThePipelineAccepts() throws IOException {
        RecordedRecord good = health(0, "epr");
        Path file = written("values.avro", List.of(good), true);
        try (RecordingReader reader = RecordingReader.open(file)) {
            all(reader);
            RecordedValues values = new RecordedValues(reader.schemas());

            assertThat(values.accepted(good)).contains(new RecordedValues.Accepted("epr", observation("epr")));
            assertThat(values.accepted(with(good, bytes("pas"), good.value(), Samples.NOON)))
                    .as("another key")
                    .isEmpty();
            assertThat(values.accepted(with(good, new byte[] {(byte) 0xc3}, good.value(), Samples.NOON)))
                    .as("a key that is not UTF-8")
                    .isEmpty();
            assertThat(values.accepted(with(good, good.key(), null, Samples.NOON)))
                    .as("a tombstone")
                    .isEmpty();
            assertThat(values.accepted(with(good, good.key(), good.value(), Long.MAX_VALUE)))
                    .as("an impossible timestamp")
                    .isEmpty();
            assertThat(values.accepted(with(good, good.key(), Arrays.copyOf(good.value(), 8), Samples.NOON)))
                    .as("cut bytes")
                    .isEmpty();
        }
    }

    /** Files are kept for years: another form needs another version, and a reader of this one. */
    @Test
    void theFormIsThatOfItsVersion() {
        assertThat(RecordingForm.VERSION).isEqualTo("1");
        assertThat(RecordingForm.UNION.getTypes().stream()
                        .map(type -> type.getName() + " "
                                + String.join(
                                        " ",
                                        type.getFields().stream()
                                                .map(Schema.Field::name)
                                                .toList())))
                .containsExactly(
                        "RecordingManifest id program recordedAt prefix from until partitions",
                        "RecordingSchema id json",
                        "RecordingEntry topic partition offset timestamp key value headers",
                        "RecordingEnd entries complete");
    }

    private Path written(String name, List<RecordedRecord> records, boolean complete) throws IOException {
        Path file = folder.resolve(name);
        try (RecordingWriter writer = RecordingWriter.create(file, MANIFEST, registry)) {
            for (RecordedRecord record : records) {
                writer.write(record);
            }
            writer.end(complete);
        }
        return file;
    }

    private static List<RecordedRecord> all(RecordingReader reader) {
        List<RecordedRecord> all = new ArrayList<>();
        for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static RecordedRecord health(int partition, String system) {
        try (KnockonSerdes serdes = new KnockonSerdes(SOURCE)) {
            byte[] value = serialized(serdes, Topics.SYSTEM_HEALTH, observation(system));
            return new RecordedRecord(
                    Topics.SYSTEM_HEALTH, partition, 41, Samples.NOON, bytes(system), value, new RecordHeaders());
        }
    }

    @SuppressWarnings("unchecked") // the samples have the types of their topics
    private static <V> byte[] serialized(KnockonSerdes serdes, Topic<V> topic, Object value) {
        return serdes.value(topic).serializer().serialize(topic.name("knockon."), (V) value);
    }

    private static RecordedRecord with(RecordedRecord record, byte[] key, byte[] value, long timestamp) {
        return new RecordedRecord(
                record.topic(), record.partition(), record.offset(), timestamp, key, value, record.headers());
    }

    private static Observation observation(String system) {
        return new Observation(system, SystemStatus.DOWN, Samples.NOON, "probe-1", null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
