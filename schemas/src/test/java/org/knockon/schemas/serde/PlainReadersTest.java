package org.knockon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.EvolvedSchemas;
import org.knockon.schemas.Samples;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.WireBytes;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.wire.AvroDeserializer;
import org.knockon.schemas.wire.PlainReader;

/**
 * What is read field by field equals what Avro reads, or both refuse it: for whole records, and for shortened, lengthened
 * and damaged ones. A million with {@code -Dknockon.long=true}.
 */
class PlainReadersTest {

    private static final int RECORDS = Boolean.getBoolean("knockon.long") ? 500_000 : 20_000;
    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://plain-readers");
    private static final List<String> TEXTS = List.of("", "a", "cardiology", "Zürich", "𝄞", "x".repeat(300), "\uFFFD");

    private final Registry registry = RegistryClient.open(CONFIG);
    private final KnockonSerdes serdes = new KnockonSerdes(CONFIG);

    @AfterEach
    void close() {
        serdes.close();
    }

    @Test
    void appointmentsAreReadAsAvroReadsThem() {
        compare(Topics.APPOINTMENTS, 1);
    }

    @Test
    void observationsAreReadAsAvroReadsThem() {
        compare(Topics.SYSTEM_HEALTH, 2);
    }

    private <V> void compare(Topic<V> topic, long seed) {
        String name = topic.name(Topics.DEFAULT_PREFIX);
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        try (Serializer<V> serializer = serdes.value(topic).serializer();
                Deserializer<V> avro = reading(topic, List.of());
                Deserializer<V> plain = reading(topic, Mappings.plainReaders())) {
            for (int i = 0; i < RECORDS; i++) {
                V value = topic.valueType().cast(topic.equals(Topics.APPOINTMENTS) ? version(random) : seen(random));
                byte[] bytes = serializer.serialize(name, value);
                assertThat(plain.deserialize(name, bytes)).isEqualTo(value);
                byte[] changed = changed(bytes, random);
                Object expected = outcome(avro, name, changed);
                if (!Objects.equals(outcome(plain, name, changed), expected)) {
                    assertThat(outcome(plain, name, changed))
                            .as("seed %d, record %d: %s", seed, i, Arrays.toString(changed))
                            .isEqualTo(expected);
                }
                refused += expected == SerializationException.class ? 1 : 0;
            }
        }
        assertThat(refused).as("both kinds occur").isBetween(RECORDS / 10, RECORDS - RECORDS / 10);
    }

    private <V> Deserializer<V> reading(Topic<V> topic, List<PlainReader<?>> readers) {
        return new MappedDeserializer<>(
                new AvroDeserializer(registry, readers), Mappings.of(topic), topic.valueType(), true);
    }

    private static Object outcome(Deserializer<?> deserializer, String topic, byte[] bytes) {
        try {
            return deserializer.deserialize(topic, bytes);
        } catch (SerializationException e) {
            return SerializationException.class;
        }
    }

    /** The header stays: it decides only which schema is meant. */
    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(5, bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> changed = Arrays.copyOf(bytes, random.nextInt(5, bytes.length));
            case 1 -> changed = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 4));
            case 2 -> changed[at] = (byte) random.nextInt();
            case 3 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            default -> {
                // One byte more, as in a number that is longer than it need be.
                changed = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
                changed[at] |= (byte) 0x80;
            }
        }
        return changed;
    }

    private static AppointmentVersion version(SplittableRandom random) {
        return new AppointmentVersion(
                text(random),
                random.nextLong(),
                any(AppointmentStatus.values(), random),
                random.nextBoolean() ? null : any(ChangeReason.values(), random),
                text(random),
                random.nextLong(),
                random.nextLong(),
                any(Priority.values(), random),
                text(random),
                random.nextBoolean() ? null : text(random),
                random.nextLong(),
                random.nextBoolean() ? null : Long.valueOf(random.nextLong()));
    }

    private static Observation seen(SplittableRandom random) {
        return new Observation(
                text(random),
                any(SystemStatus.values(), random),
                random.nextLong(),
                text(random),
                random.nextBoolean() ? null : text(random));
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static <T> T any(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    @Test
    void anotherSchemaIsReadByAvro() {
        String subject = Topics.SYSTEM_HEALTH.name(Topics.DEFAULT_PREFIX) + "-value";
        int id = registry.register(subject, EvolvedSchemas.LATER);
        byte[] bytes = WireBytes.of(
                id,
                EvolvedSchemas.LATER,
                Map.of(
                        "systemId",
                        "epr",
                        "location",
                        List.of("b", "c"),
                        "status",
                        new GenericData.EnumSymbol(
                                EvolvedSchemas.LATER.getField("status").schema(), "UP"),
                        "observedAt",
                        Samples.NOON,
                        "monitor",
                        "m"));

        try (Deserializer<Observation> plain = reading(Topics.SYSTEM_HEALTH, Mappings.plainReaders())) {
            assertThat(plain.deserialize("t", bytes))
                    .isEqualTo(new Observation("epr", SystemStatus.UP, Samples.NOON, "m", null));
        }
    }

    @Test
    void aRecordOfAnotherTopicIsRefusedByItsSchema() {
        byte[] bytes = serdes.value(Topics.SYSTEM_HEALTH)
                .serializer()
                .serialize("t", new Observation("epr", SystemStatus.UP, 0, "m", null));

        try (Deserializer<AppointmentVersion> plain = reading(Topics.APPOINTMENTS, Mappings.plainReaders())) {
            assertThat(catchThrowable(() -> plain.deserialize("t", bytes)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage(
                            "record on topic t was written with schema org.knockon.avro.SystemHealth, but this topic"
                                    + " holds org.knockon.avro.Appointment");
        }
    }

    /** A schema that changes needs its reader changed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void readersKnowTheFieldsOfTheirSchemas(int reader) {
        Schema schema = Mappings.plainReaders().get(reader).schema();
        List<String> fields =
                schema.getFields().stream().map(Schema.Field::name).toList();

        assertThat(fields)
                .isEqualTo(
                        reader == 0
                                ? List.of(
                                        "appointmentId",
                                        "sequence",
                                        "status",
                                        "changeReason",
                                        "serviceId",
                                        "slotStart",
                                        "slotEnd",
                                        "priority",
                                        "patientRef",
                                        "replaces",
                                        "updatedAt",
                                        "dueIn")
                                : List.of("systemId", "status", "observedAt", "monitor", "detail"));
    }
}
