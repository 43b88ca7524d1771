package org.knockon.benchmarks.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.knockon.benchmarks.harness.EventWriter;
import org.knockon.benchmarks.harness.SyntheticRecords;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** Builds bad records. Each must cost exactly one dead letter. */
final class BadRecords {

    private static final int UNREGISTERED_SCHEMA = 876_543;
    private static final long YEARS = Duration.ofDays(3_650).toMillis();

    /** One record in wire format. */
    record Bytes(Topic<?> topic, String key, byte[] value) {}

    private enum Kind {
        NOT_AVRO,
        UNKNOWN_SCHEMA,
        OTHER_SCHEMA,
        CUT_SHORT,
        NULL_VALUE,
        OTHER_KEY,
        SLOT_ENDS_BEFORE_IT_STARTS,
        NO_SERVICE,
        UNKNOWN_SERVICE,
        OBSERVED_YEARS_AHEAD
    }

    private static final Kind[] KINDS = Kind.values();

    private final EventWriter writer;
    private final String system;

    /** @param system of the catalogue, for observations */
    BadRecords(EventWriter writer, String system) {
        this.writer = writer;
        this.system = system;
    }

    static int kinds() {
        return KINDS.length;
    }

    /**
     * @param kind any number; the kinds take turns
     * @param good a valid version that is not written otherwise
     */
    Bytes of(int kind, AppointmentVersion good) {
        return switch (KINDS[Math.floorMod(kind, KINDS.length)]) {
            case NOT_AVRO -> appointment(good, value -> "this is not Avro".getBytes(StandardCharsets.UTF_8));
            case UNKNOWN_SCHEMA ->
                appointment(
                        good,
                        value -> ByteBuffer.wrap(value.clone())
                                .putInt(1, UNREGISTERED_SCHEMA)
                                .array());
            case OTHER_SCHEMA ->
                appointment(
                        good,
                        value -> writer.encode(
                                Topics.SYSTEM_HEALTH,
                                SyntheticRecords.observation(system, SystemStatus.UP, good.updatedAt())));
            case CUT_SHORT -> appointment(good, value -> Arrays.copyOf(value, value.length / 2));
            case NULL_VALUE -> appointment(good, value -> null);
            case OTHER_KEY -> new Bytes(Topics.APPOINTMENTS, "not-" + good.appointmentId(), encode(good));
            case SLOT_ENDS_BEFORE_IT_STARTS -> appointment(with(good, good.serviceId(), good.slotStart() - 60_000));
            case NO_SERVICE -> appointment(with(good, " ", good.slotEnd()));
            case UNKNOWN_SERVICE -> appointment(with(good, "no-such-service", good.slotEnd()));
            case OBSERVED_YEARS_AHEAD ->
                new Bytes(
                        Topics.SYSTEM_HEALTH,
                        system,
                        writer.encode(
                                Topics.SYSTEM_HEALTH,
                                SyntheticRecords.observation(system, SystemStatus.DOWN, good.updatedAt() + YEARS)));
        };
    }

    private byte[] encode(AppointmentVersion version) {
        return writer.encode(Topics.APPOINTMENTS, version);
    }

    private Bytes appointment(AppointmentVersion version) {
        return appointment(version, value -> value);
    }

    private Bytes appointment(AppointmentVersion version, Function<byte[], byte[]> spoil) {
        return new Bytes(Topics.APPOINTMENTS, version.appointmentId(), spoil.apply(encode(version)));
    }

    private static AppointmentVersion with(AppointmentVersion version, String serviceId, long slotEnd) {
        return new AppointmentVersion(
                version.appointmentId(),
                version.sequence(),
                version.status(),
                version.changeReason(),
                serviceId,
                version.slotStart(),
                slotEnd,
                version.priority(),
                version.patientRef(),
                version.replaces(),
                version.updatedAt(),
                null);
    }
}
