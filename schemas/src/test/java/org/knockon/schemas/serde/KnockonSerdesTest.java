package org.knockon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.EvolvedSchemas;
import org.knockon.schemas.Samples;
import org.knockon.schemas.SchemaTest;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.WireBytes;
import org.knockon.schemas.json.JsonRecords;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.wire.AvroDeserializer;
import org.knockon.schemas.wire.AvroSerializer;

public class KnockonSerdesTest {

    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://serdes");
    private static final String HEALTH = Topics.SYSTEM_HEALTH.name(Topics.DEFAULT_PREFIX);
    private static final Observation OBSERVATION =
            new Observation("epr", SystemStatus.DOWN, Samples.NOON, "probe-1", null);

    /** Our own classes, whatever the build names: this test covers what only ours guarantee. */
    private static final WireClasses OURS =
            new WireClasses(AvroSerializer.class.getName(), AvroDeserializer.class.getName());

    private final KnockonSerdes serdes = new KnockonSerdes(CONFIG, OURS);
    private final Registry registry = RegistryClient.open(CONFIG);
    private final Serde<Observation> health = serdes.value(Topics.SYSTEM_HEALTH);

    public static Stream<Arguments> samples() {
        return Samples.all().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> Arguments.of(entry.getKey(), value)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <V> void readsBackWhatItWrote(Topic<V> topic, V value) {
        Serde<V> serde = serdes.value(topic);
        String name = topic.name(Topics.DEFAULT_PREFIX);

        assertThat(serde.deserializer().deserialize(name, serde.serializer().serialize(name, value)))
                .isEqualTo(value);
    }

    @Test
    void treatsADroppedConnectionAsAnUnavailableRegistry() throws IOException {
        byte[] valid = health.serializer().serialize(HEALTH, OBSERVATION);
        HttpServer dropsConnections = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dropsConnections.createContext("/", HttpExchange::close);
        dropsConnections.start();
        Map<String, String> config = Map.of(
                "schema.registry.url",
                "http://localhost:" + dropsConnections.getAddress().getPort(),
                "max.retries",
                "0");
        try (KnockonSerdes unavailable = new KnockonSerdes(config, OURS)) {
            Deserializer<Observation> deserializer =
                    unavailable.value(Topics.SYSTEM_HEALTH).deserializer();

            assertThatThrownBy(() -> deserializer.deserialize(HEALTH, valid))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .matches(RegistryUnavailableException::isBehind);
        } finally {
            dropsConnections.stop(0);
        }
    }

    @Test
    void readsBackEveryEnumValue() {
        for (SystemStatus status : SystemStatus.values()) {
            Observation value = new Observation("epr", status, 0, "", null);
            assertThat(read(health.serializer().serialize(HEALTH, value))).isEqualTo(value);
        }
        Serde<CareService> services = serdes.value(Topics.CARE_SERVICES);
        for (Capability capability : Capability.values()) {
            CareService value = new CareService(
                    null, "", "", "", "", Category.OTHER, List.of(new Requirement("s", capability, 60_000)));
            assertThat(services.deserializer()
                            .deserialize("t", services.serializer().serialize("t", value)))
                    .isEqualTo(value);
        }
    }

    @Test
    void keepsTombstones() {
        for (Topic<?> topic : Topics.all()) {
            Serde<?> serde = serdes.value(topic);
            assertThat(serde.serializer().serialize("t", null)).isNull();
            assertThat((Object) serde.deserializer().deserialize("t", null)).isNull();
        }
    }

    @Test
    void hasASampleForEachTopicWithASchema() {
        assertThat(List.copyOf(Samples.all().keySet())).isEqualTo(SchemaTest.topics());
    }

    @Test
    void writesZeroThenTheIdThenTheRecord() {
        byte[] bytes = health.serializer().serialize(HEALTH, OBSERVATION);

        assertThat(bytes[0]).isZero();
        Schema schema = registry.byId(ByteBuffer.wrap(bytes).getInt(1));
        assertThat(schema).isEqualTo(registry.latest(HEALTH + "-value").schema());
        assertThat(schema.toString()).doesNotContain("avro.java.string");
        assertThat(bytes)
                .isEqualTo(WireBytes.of(
                        ByteBuffer.wrap(bytes).getInt(1),
                        schema,
                        Map.of(
                                "systemId",
                                "epr",
                                "status",
                                new GenericData.EnumSymbol(
                                        schema.getField("status").schema(), "DOWN"),
                                "observedAt",
                                Samples.NOON,
                                "monitor",
                                "probe-1")));
    }

    @Test
    void readsWhatALaterBuildWrote() {
        int id = registry.register("later", EvolvedSchemas.LATER);
        byte[] bytes = WireBytes.of(
                id,
                EvolvedSchemas.LATER,
                Map.of(
                        "systemId",
                        "epr",
                        "location",
                        List.of("Guy's", "basement"),
                        "status",
                        new GenericData.EnumSymbol(
                                EvolvedSchemas.LATER.getField("status").schema(), "FAILING_OVER"),
                        "observedAt",
                        Samples.NOON,
                        "monitor",
                        "probe-1"));

        assertThat(read(bytes)).isEqualTo(new Observation("epr", SystemStatus.UNKNOWN, Samples.NOON, "probe-1", null));
    }

    /** A writer may know only the fields that identify a record; the reader then uses the defaults. */
    @ParameterizedTest
    @MethodSource("org.knockon.schemas.SchemaTest#topics")
    <V> void fillsInTheDefaultOfEachFieldThatTheWriterLeftOut(Topic<V> topic) {
        Schema full = SchemaTest.schema(topic);
        List<Schema.Field> identity = full.getFields().stream()
                .filter(field -> !field.hasDefaultValue())
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema sparse = Schema.createRecord(full.getName(), null, full.getNamespace(), false, identity);
        Map<String, Object> fields = new HashMap<>();
        for (Schema.Field field : sparse.getFields()) {
            fields.put(
                    field.name(),
                    switch (field.schema().getType()) {
                        case STRING -> "x";
                        case LONG -> 1L;
                        case INT -> 1;
                        case ENUM -> new GenericData.EnumSymbol(field.schema(), "ALL");
                        default -> throw new IllegalStateException(field.name());
                    });
        }
        int id = registry.register("sparse-" + topic.shortName(), sparse);

        V value = serdes.value(topic).deserializer().deserialize("t", WireBytes.of(id, sparse, fields));

        assertThat(value).isInstanceOf(topic.valueType());
        assertThat(JsonRecords.fromJson(topic, JsonRecords.toJson(topic, value)))
                .isEqualTo(value);
    }

    @Test
    void explainsEachBadRecordWithoutQuotingItsBody() {
        int foreign = registry.register("foreign", EvolvedSchemas.FOREIGN);
        int incompatible = registry.register("incompatible", EvolvedSchemas.INCOMPATIBLE);
        byte[] appointment = serdes.value(Topics.APPOINTMENTS)
                .serializer()
                .serialize(
                        "a",
                        Topics.APPOINTMENTS
                                .valueType()
                                .cast(Samples.all().get(Topics.APPOINTMENTS).get(0)));
        byte[] good = health.serializer().serialize(HEALTH, OBSERVATION);
        int own = ByteBuffer.wrap(good).getInt(1);

        assertRefused(new byte[0], "has 0 bytes, too few for Confluent wire format");
        assertRefused(new byte[] {0, 0, 0, 1}, "has 4 bytes, too few for Confluent wire format");
        assertRefused(
                "{\"epr\":1}".getBytes(StandardCharsets.UTF_8),
                "is not in Confluent wire format: its first byte is 123, not 0");
        assertRefused(WireBytes.of(987_654, (byte) 1), "no schema has id 987654");
        assertRefused(
                WireBytes.of(foreign, (byte) 0),
                "was written with schema com.example.Invoice, id " + foreign
                        + ", for which there is no generated class");
        assertRefused(
                appointment,
                "was written with schema org.knockon.avro.Appointment, but this topic holds"
                        + " org.knockon.avro.SystemHealth");
        assertRefused(
                WireBytes.of(incompatible, EvolvedSchemas.INCOMPATIBLE, Map.of("observedAt", 0L)),
                "does not decode with its schema, id " + incompatible);
        assertRefused(Arrays.copyOf(good, good.length - 3), "does not decode with its schema, id " + own);
        assertRefused(
                Arrays.copyOf(good, good.length + 3),
                "does not decode with its schema, id " + own + " (3 bytes are left over)");
        // A text of two gigabytes, then an unknown status.
        assertRefused(
                WireBytes.of(own, (byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x0f), "(EOFException)");
        assertRefused(WireBytes.of(own, (byte) 0, (byte) 98, (byte) 0, (byte) 0, (byte) 0), "does not decode");
    }

    private void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("record on topic " + HEALTH)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(stackOf(e)).doesNotContain("probe-1", "p-77", "a-1"));
    }

    @Test
    void survivesJunkAfterAValidHeader() {
        byte[] good = health.serializer().serialize(HEALTH, OBSERVATION);
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            byte[] junk = Arrays.copyOf(good, 5 + random.nextInt(40));
            byte[] body = new byte[junk.length - 5];
            random.nextBytes(body);
            System.arraycopy(body, 0, junk, 5, body.length);
            try {
                read(junk);
            } catch (SerializationException expected) {
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void refusesValuesThatTheSchemaOrThePlainRecordCannotRepresent() {
        Serde<MonitoredSystem> systems = serdes.value(Topics.SYSTEMS);
        MonitoredSystem fraction =
                new MonitoredSystem(null, "", "", "", Set.of(), new MonitoringPolicy(1500, 0, 1000), null);
        assertThatThrownBy(() -> systems.serializer().serialize("t", fraction))
                .isInstanceOf(SerializationException.class)
                .hasMessage("record for topic t: confirmAfter must be whole seconds, but it is 1500 ms");

        assertThatThrownBy(
                        () -> health.serializer().serialize("t", new Observation(null, SystemStatus.UP, 0, "", null)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("does not fit schema org.knockon.avro.SystemHealth");

        Schema schema = SchemaTest.schema(Topics.SYSTEMS);
        Schema monitoring = schema.getField("monitoring").schema();
        GenericData.Record policy = new GenericData.Record(monitoring);
        policy.put("confirmAfterSeconds", -1L);
        policy.put("recoverAfterSeconds", 0L);
        policy.put("silenceAfterSeconds", 1L);
        int id = registry.register("negative", schema);
        assertThatThrownBy(() ->
                        systems.deserializer().deserialize("t", WireBytes.of(id, schema, Map.of("monitoring", policy))))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("record on topic t: confirmAfter and recoverAfter must not be negative");
    }

    @Test
    void readsAnySchemaAsJson() {
        int id = registry.register("foreign", EvolvedSchemas.FOREIGN);
        Map<String, Object> fields = new HashMap<>();
        fields.put("number", 7L);
        fields.put("paid", Samples.NOON);
        fields.put("lines", Map.of("a", ByteBuffer.wrap(new byte[] {1, 2})));
        byte[] bytes = WireBytes.of(id, EvolvedSchemas.FOREIGN, fields);

        try (Deserializer<JsonNode> any = serdes.anyAsJson()) {
            assertThat(any.deserialize("t", bytes))
                    .hasToString("{\"number\":7,\"paid\":\"2022-07-19T13:00:00Z\",\"lines\":{\"a\":\"AQI=\"}}");
            assertThat(any.deserialize(HEALTH, health.serializer().serialize(HEALTH, OBSERVATION)))
                    .hasToString(JsonRecords.toJson(Topics.SYSTEM_HEALTH, OBSERVATION)
                            .toString());
            assertThat(any.deserialize("t", null)).isNull();
        }
    }

    @Test
    void isThreadSafe() throws Exception {
        List<Callable<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String name = "thread-" + thread;
            threads.add(() -> {
                for (int i = 0; i < 2000; i++) {
                    Observation value = new Observation(
                            name, SystemStatus.values()[i % 5], i, "m".repeat(i % 300), i % 2 == 0 ? null : "d" + i);
                    assertThat(read(health.serializer().serialize(HEALTH, value)))
                            .isEqualTo(value);
                }
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        try {
            for (Future<Void> finished : pool.invokeAll(threads)) {
                finished.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void namesMissingSettings() {
        assertThatThrownBy(() -> new KnockonSerdes(Map.of(), OURS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url is missing");
    }

    @Test
    void namesTheMissingSerdeClass() {
        WireClasses absent = new WireClasses("com.example.Absent", "com.example.Absent");

        assertThatThrownBy(() -> new KnockonSerdes(CONFIG, absent))
                .hasMessage("the serde class of this build, com.example.Absent, is not on the class path");
    }

    private Observation read(byte[] bytes) {
        return health.deserializer().deserialize(HEALTH, bytes);
    }

    private static String stackOf(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
