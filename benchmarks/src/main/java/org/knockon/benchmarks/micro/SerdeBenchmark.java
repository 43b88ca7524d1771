package org.knockon.benchmarks.micro;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes and reads one appointment in wire format, with the schema already cached. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerdeBenchmark {

    private static final long SLOT = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
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

    /** Checks first that an appointment survives the round trip. */
    @Setup
    public void prepare() {
        serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://micro"));
        serializer = serdes.value(Topics.APPOINTMENTS).serializer();
        deserializer = serdes.value(Topics.APPOINTMENTS).deserializer();
        bytes = serializer.serialize(TOPIC, version);
        if (!version.equals(deserializer.deserialize(TOPIC, bytes))) {
            throw new IllegalStateException("the appointment changed in the round trip");
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

    @TearDown
    public void close() {
        serdes.close();
    }
}
