package org.knockon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.EvolvedSchemas;
import org.knockon.schemas.Samples;
import org.knockon.schemas.SchemaTest;
import org.knockon.schemas.SharedSandbox;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.WireBytes;
import org.knockon.schemas.admin.SchemaAdmin;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * What Knock-on requires of the serde for the wire format, with a real registry. Runs with our class by default and
 * with Confluent's in profile {@code confluent}, so it does not check the wording of messages.
 */
@ExtendWith(SharedSandbox.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SerdeContractIT {

    private static final Observation OBSERVATION =
            new Observation("epr", SystemStatus.DOWN, Samples.NOON, "probe-1", "rack 7");

    private final String url;
    private final KnockonSerdes serdes;
    private final Registry registry;

    SerdeContractIT(Sandbox sandbox) {
        url = sandbox.schemaRegistryUrl();
        serdes = serdes(Map.of());
        registry = RegistryClient.open(Map.of("schema.registry.url", url));
    }

    @AfterAll
    void close() {
        serdes.close();
        registry.close();
    }

    static Stream<Arguments> samples() {
        return KnockonSerdesTest.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <V> void readsBackWhatItWrote(Topic<V> topic, V value) {
        String name = topic.name("round-trip.");
        Serde<V> serde = serdes.value(topic);

        byte[] bytes = serde.serializer().serialize(name, value);

        assertThat(serde.deserializer().deserialize(name, bytes)).isEqualTo(value);
        Registry.Version registered = registry.latest(name + "-value");
        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(registered.id());
        assertThat(registered.schema()).isEqualTo(SchemaTest.schema(topic));
        assertThat(registered.schema().toString()).doesNotContain("avro.java.string");
    }

    @Test
    void keepsTombstones() {
        Serde<Observation> serde = serdes.value(Topics.SYSTEM_HEALTH);

        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void readsWhatALaterBuildWroteInAFullyCompatibleSchema() {
        String topic = "later.system-health";
        SchemaAdmin.register(Map.of("schema.registry.url", url), "later.");
        int id = registry.register(topic + "-value", EvolvedSchemas.LATER);

        byte[] bytes = WireBytes.of(id, later());

        assertThat(read(topic, bytes))
                .isEqualTo(new Observation("epr", SystemStatus.UNKNOWN, Samples.NOON, "probe-1", null));
    }

    @Test
    void refusesToRegisterASchemaThatIsNotFullyCompatible() {
        SchemaAdmin.register(Map.of("schema.registry.url", url), "guarded.");

        assertThatThrownBy(() -> registry.register("guarded.system-health-value", EvolvedSchemas.INCOMPATIBLE))
                .isInstanceOf(RegistryException.class)
                .satisfies(e -> assertThat(((RegistryException) e).status()).isEqualTo(409))
                .hasMessageContaining("guarded.system-health-value");
    }

    @Test
    void registersEachSchemaOnlyOnce() {
        Map<String, Integer> first = SchemaAdmin.register(Map.of("schema.registry.url", url), "twice.");
        Map<String, Integer> second = SchemaAdmin.register(Map.of("schema.registry.url", url), "twice.");

        assertThat(second).isEqualTo(first);
        assertThat(first).hasSize(11).containsKeys("twice.systems-value", "twice.impact-history-value");
        assertThat(registry.latest("twice.systems-value").version()).isEqualTo(1);
    }

    @Test
    void writesOnlyRegisteredSchemasWhenConfigured() {
        try (KnockonSerdes strict = serdes(Map.of("auto.register.schemas", "false"))) {
            Serde<Observation> serde = strict.value(Topics.SYSTEM_HEALTH);
            assertThatThrownBy(() -> serde.serializer().serialize("strict.system-health", OBSERVATION))
                    .isInstanceOf(SerializationException.class);

            Map<String, Integer> ids = SchemaAdmin.register(Map.of("schema.registry.url", url), "strict.");
            byte[] bytes = serde.serializer().serialize("strict.system-health", OBSERVATION);
            assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(ids.get("strict.system-health-value"));
            assertThat(read("strict.system-health", bytes)).isEqualTo(OBSERVATION);
        }
    }

    @Test
    void writesInTheNewestVersionWhenConfigured() {
        Map<String, Integer> ids = SchemaAdmin.register(Map.of("schema.registry.url", url), "newest.");
        try (KnockonSerdes latest = serdes(Map.of("auto.register.schemas", false, "use.latest.version", true))) {
            byte[] bytes =
                    latest.value(Topics.SYSTEM_HEALTH).serializer().serialize("newest.system-health", OBSERVATION);
            assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(ids.get("newest.system-health-value"));
            assertThat(read("newest.system-health", bytes)).isEqualTo(OBSERVATION);
        }
    }

    @Test
    void namesSubjectsByTheConfiguredStrategy() {
        try (KnockonSerdes byRecord = serdes(Map.of(
                        "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy"));
                KnockonSerdes byBoth = serdes(Map.of(
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"))) {
            byRecord.value(Topics.SYSTEM_HEALTH).serializer().serialize("named", OBSERVATION);
            byBoth.value(Topics.SYSTEM_HEALTH).serializer().serialize("named", OBSERVATION);
        }

        Schema schema = SchemaTest.schema(Topics.SYSTEM_HEALTH);
        assertThat(registry.latest("org.knockon.avro.SystemHealth").schema()).isEqualTo(schema);
        assertThat(registry.latest("named-org.knockon.avro.SystemHealth").schema())
                .isEqualTo(schema);
    }

    @Test
    void triesTheNextRegistryWhenOneIsUnavailable() {
        try (KnockonSerdes two = serdes(Map.of("schema.registry.url", "http://localhost:1," + url))) {
            Serde<Observation> serde = two.value(Topics.SYSTEM_HEALTH);
            byte[] bytes = serde.serializer().serialize("failover.system-health", OBSERVATION);

            assertThat(serde.deserializer().deserialize("failover.system-health", bytes))
                    .isEqualTo(OBSERVATION);
        }
    }

    @Test
    void refusesEachKindOfBadRecordWithoutQuotingItsBody() {
        String topic = "bad.system-health";
        byte[] good = serdes.value(Topics.SYSTEM_HEALTH).serializer().serialize(topic, OBSERVATION);
        byte[] appointment = serdes.value(Topics.APPOINTMENTS)
                .serializer()
                .serialize(
                        "bad.appointments",
                        Topics.APPOINTMENTS
                                .valueType()
                                .cast(Samples.all().get(Topics.APPOINTMENTS).get(0)));
        int foreign = registry.register("foreign-value", EvolvedSchemas.FOREIGN);

        assertRefused(topic, new byte[] {0, 0, 1});
        assertRefused(topic, "{\"systemId\":\"epr\"}".getBytes(StandardCharsets.UTF_8));
        assertRefused(topic, WireBytes.of(2_000_000_000, (byte) 1));
        assertRefused(topic, WireBytes.of(foreign, foreign()));
        assertRefused(topic, appointment);
        assertRefused(topic, Arrays.copyOf(good, good.length - 9));
    }

    /** A bad record becomes a dead letter; a record must not when only the registry is unavailable. */
    @Test
    void distinguishesAnUnavailableRegistryFromABadRecord() {
        byte[] good = serdes.value(Topics.SYSTEM_HEALTH).serializer().serialize("away.system-health", OBSERVATION);
        try (KnockonSerdes unavailable =
                serdes(Map.of("schema.registry.url", "http://localhost:1", "max.retries", 0))) {
            Serde<Observation> serde = unavailable.value(Topics.SYSTEM_HEALTH);
            assertThatThrownBy(() -> serde.deserializer().deserialize("away.system-health", good))
                    .matches(RegistryUnavailableException::isBehind);
            assertThatThrownBy(() -> serde.serializer().serialize("away.system-health", OBSERVATION))
                    .matches(RegistryUnavailableException::isBehind);
        }
    }

    private void assertRefused(String topic, byte[] bytes) {
        assertThatThrownBy(() -> read(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .satisfies(e -> {
                    assertThat(RegistryUnavailableException.isBehind(e)).isFalse();
                    StringWriter text = new StringWriter();
                    e.printStackTrace(new PrintWriter(text));
                    assertThat(text.toString()).doesNotContain("probe-1", "rack 7", "p-77");
                });
    }

    @Test
    void readsAnySchemaAsJson() {
        int foreign = registry.register("foreign-value", EvolvedSchemas.FOREIGN);
        try (Deserializer<JsonNode> any = serdes.anyAsJson()) {
            assertThat(any.deserialize("foreign", WireBytes.of(foreign, foreign()))
                            .toString())
                    .isEqualTo("{\"number\":7,\"paid\":\"2022-07-19T13:00:00Z\",\"lines\":{}}");
        }
    }

    @Test
    void isThreadSafe() throws Exception {
        Serde<Observation> serde = serdes.value(Topics.SYSTEM_HEALTH);
        List<Callable<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread-" + thread;
            threads.add(() -> {
                for (int i = 0; i < 1000; i++) {
                    Observation value =
                            new Observation(name, SystemStatus.values()[i % 5], i, "m".repeat(i % 200), null);
                    byte[] bytes = serde.serializer().serialize("shared.system-health", value);
                    assertThat(serde.deserializer().deserialize("shared.system-health", bytes))
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

    private Observation read(String topic, byte[] bytes) {
        return serdes.value(Topics.SYSTEM_HEALTH).deserializer().deserialize(topic, bytes);
    }

    private KnockonSerdes serdes(Map<String, ?> settings) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", url);
        config.putAll(settings);
        return new KnockonSerdes(config);
    }

    private static GenericData.Record later() {
        Schema schema = EvolvedSchemas.LATER;
        GenericData.Record record = new GenericData.Record(schema);
        record.put("systemId", "epr");
        record.put("location", List.of("basement"));
        record.put(
                "status", new GenericData.EnumSymbol(schema.getField("status").schema(), "FAILING_OVER"));
        record.put("observedAt", Samples.NOON);
        record.put("monitor", "probe-1");
        return record;
    }

    private static GenericData.Record foreign() {
        GenericData.Record record = new GenericData.Record(EvolvedSchemas.FOREIGN);
        record.put("number", 7L);
        record.put("paid", Samples.NOON);
        record.put("lines", Map.of());
        return record;
    }
}
