package org.knockon.benchmarks.micro;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.avro.Appointment;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.Topics;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.schemas.wire.WireFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes and reads one appointment in wire format, with the schema already cached: in our schema, and in a later one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerdeBenchmark {

    private static final long SLOT = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://micro");
    private static final String TOPIC = Topics.APPOINTMENTS.name(Topics.DEFAULT_PREFIX);

    private final AppointmentVersion version = new AppointmentVersion(
            "4f0c2a17-clinic",
            1,
            AppointmentStatus.BOOKED,
            null,
            "clinic-17",
            SLOT,
            SLOT + 1_200_000L,
            Priority.ROUTINE,
            "p-1234567",
            null,
            SLOT - 86_400_000L,
            null);
    private KnockonSerdes serdes;
    private Serializer<AppointmentVersion> serializer;
    private Deserializer<AppointmentVersion> deserializer;
    private byte[] bytes;
    private byte[] bytesOfLaterSchema;

    /** Checks first that an appointment survives the round trip. */
    @Setup
    public void prepare() {
        serdes = new KnockonSerdes(REGISTRY);
        serializer = serdes.value(Topics.APPOINTMENTS).serializer();
        deserializer = serdes.value(Topics.APPOINTMENTS).deserializer();
        bytes = serializer.serialize(TOPIC, version);
        if (!version.equals(deserializer.deserialize(TOPIC, bytes))) {
            throw new IllegalStateException("the appointment changed in the round trip");
        }
        bytesOfLaterSchema = withFieldAtTheEnd(bytes);
        if (!version.equals(deserializer.deserialize(TOPIC, bytesOfLaterSchema))) {
            throw new IllegalStateException("the appointment of a later schema changed in the round trip");
        }
    }

    /** The same record as a later schema would write it, so that Avro resolves it to ours. */
    private static byte[] withFieldAtTheEnd(byte[] record) {
        Schema ours = Appointment.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        ours.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("later", Schema.create(Schema.Type.BOOLEAN)));
        Schema later = Schema.createRecord(ours.getName(), null, ours.getNamespace(), false, fields);
        try (Registry registry = RegistryClient.open(REGISTRY)) {
            byte[] longer = Arrays.copyOf(record, record.length + 1);
            WireFormat.putId(longer, registry.register(TOPIC + "-value", later));
            return longer;
        }
    }

    @Benchmark
    public byte[] write() {
        return serializer.serialize(TOPIC, version);
    }

    @Benchmark
    public AppointmentVersion read() {
        return deserializer.deserialize(TOPIC, bytes);
    }

    @Benchmark
    public AppointmentVersion readLaterSchema() {
        return deserializer.deserialize(TOPIC, bytesOfLaterSchema);
    }

    @TearDown
    public void close() {
        serdes.close();
    }
}
