package org.knockon.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.avro.SystemHealth;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;

/**
 * Registered, compatible schemas whose records could end the thread or take unlimited time, with specific and generic
 * readers.
 */
class HostileSchemasTest {

    private static final String FIELDS = """
            {"type":"record","name":"SystemHealth","namespace":"org.knockon.avro","fields":[
              {"name":"systemId","type":"string"},
              {"name":"observedAt","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"extra","type":%s}]}""";

    private static final String TREE = """
            {"type":"record","name":"Tree","fields":[{"name":"child","type":["null","Tree"]},
              {"name":"children","type":{"type":"array","items":"Tree"}}]}""";

    private final Map<String, Object> config =
            Map.of("schema.registry.url", "mock://" + UUID.randomUUID(), "specific.avro.reader", "true");
    private final Registry registry = RegistryClient.open(config);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesDataThatNestsTooDeep(boolean specific) throws IOException {
        byte[] chain = record(TREE, out -> {
            for (int i = 0; i < 60_000; i++) {
                out.writeIndex(1);
            }
            out.writeIndex(0);
            for (int i = 0; i < 60_000; i++) {
                out.writeLong(0);
            }
        });
        assertUndecodable(chain, specific);
        byte[] lists = record(TREE, out -> {
            for (int i = 0; i < 60_000; i++) {
                out.writeIndex(0);
                out.writeLong(1);
            }
        });
        assertUndecodable(lists, specific);
    }

    /** 62 levels of Tree, plus the record itself and the innermost list, are 64. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsARecursiveSchemaUpToTheNestingLimit(boolean specific) throws IOException {
        assertThat(read(nested(62), specific)).isNotNull();
        assertUndecodable(nested(63), specific);
    }

    private byte[] nested(int depth) throws IOException {
        return record(TREE, out -> {
            for (int i = 1; i < depth; i++) {
                out.writeIndex(1);
            }
            out.writeIndex(0);
            for (int i = 0; i < depth; i++) {
                out.writeLong(0);
            }
        });
    }

    @Test
    void refusesARecordThatContainsItself() throws IOException {
        String endless =
                "{\"type\":\"record\",\"name\":\"Endless\",\"fields\":[{\"name\":\"self\",\"type\":\"Endless\"}]}";
        assertUndecodable(record(endless, out -> {}), true);
        assertUndecodable(record(endless, out -> {}), false);
    }

    /** 2^40 values in no bytes at all. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesRecordsThatDoubleAtEachLevel(boolean specific) throws IOException {
        StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
        for (int i = 1; i <= 40; i++) {
            schema.insert(0, "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":")
                    .append("},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}");
        }
        assertUndecodable(record(schema.toString(), out -> {}), specific);
    }

    /** 60,000 blocks, each of which claims 100,000 nulls. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesMoreValuesThanTheBytesCanContain(boolean specific) throws IOException {
        String nulls = "{\"type\":\"array\",\"items\":\"null\"}";
        byte[] record = record(nulls, out -> {
            for (int i = 0; i < 60_000; i++) {
                out.writeLong(100_000);
            }
            for (int i = 0; i < 100_000; i++) {
                out.writeLong(0);
            }
        });
        assertUndecodable(record, specific);
    }

    @Test
    void refusesASchemaThatNestsTooDeep() throws IOException {
        String lists = "\"string\"";
        for (int i = 0; i < 64; i++) {
            lists = "{\"type\":\"array\",\"items\":" + lists + "}";
        }
        byte[] record = record(lists, out -> out.writeLong(0));
        assertThatThrownBy(() -> read(record, true))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("which cannot be read: is nested more than 64 deep");
    }

    @Test
    void ourOwnSchemasNeedNoCheck() {
        assertThat(SchemaShape.of(SystemHealth.getClassSchema()).bounded()).isTrue();
        assertThat(SchemaShape.of(org.knockon.avro.Appointment.getClassSchema()).bounded())
                .isTrue();
        assertThat(SchemaShape.of(org.knockon.avro.MonitoredSystem.getClassSchema())
                        .bounded())
                .isTrue();
        assertThat(SchemaShape.of(org.knockon.avro.CareService.getClassSchema()).bounded())
                .isTrue();
    }

    private void assertUndecodable(byte[] record, boolean specific) {
        long started = System.nanoTime();
        assertThatThrownBy(() -> read(record, specific))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("does not decode with its schema");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    private Object read(byte[] record, boolean specific) {
        Map<String, Object> mode = new java.util.HashMap<>(config);
        mode.put("specific.avro.reader", Boolean.toString(specific));
        try (Deserializer<Object> deserializer = new AvroDeserializer()) {
            deserializer.configure(mode, false);
            return deserializer.deserialize("knockon.system-health", record);
        }
    }

    private byte[] record(String extra, Writing writing) throws IOException {
        Schema schema = new Schema.Parser().parse(FIELDS.formatted(extra));
        int id = registry.register("knockon.system-health-value-" + UUID.randomUUID(), schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeString("epr");
        encoder.writeLong(1_658_235_600_000L);
        writing.to(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }
}
