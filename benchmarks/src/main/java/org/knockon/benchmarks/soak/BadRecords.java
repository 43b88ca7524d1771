package org.knockon.benchmarks.soak;

import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/** Makes bad records: each must cost exactly one dead letter. */
final class BadRecords {

    private static final int SCHEMA_NOBODY_REGISTERED = 876_543;
    private static final long YEARS = Duration.ofDays(3_650).toMillis();

    /** One record as it goes to the broker; its timestamp is the time of sending. */
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

    private final String prefix;
    private final KnockonSerdes serdes;
    private final String system;

    /** @param system one of the catalogue, for observations */
    BadRecords(String prefix, KnockonSerdes serdes, String system) {
        this.prefix = prefix;
        this.serdes = serdes;
        this.system = system;
    }

    static int kinds() {
        return KINDS.length;
    }

    /**
     * @param kind any number; kinds come in turn
     * @param good a version that is not sent otherwise
     */
    Bytes of(int kind, AppointmentVersion good) {
        return switch (KINDS[Math.floorMod(kind, KINDS.length)]) {
            case NOT_AVRO -> appointment(good, value -> "this is not Avro".getBytes(StandardCharsets.UTF_8));
            case UNKNOWN_SCHEMA ->
                appointment(
                        good,
                        value -> ByteBuffer.wrap(value.clone())
                                .putInt(1, SCHEMA_NOBODY_REGISTERED)
                                .array());
            case OTHER_SCHEMA ->
                appointment(
                        good,
                        value -> encode(
                                Topics.SYSTEM_HEALTH,
                                new Observation(system, SystemStatus.UP, good.updatedAt(), "probe", null)));
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
                        encode(
                                Topics.SYSTEM_HEALTH,
                                new Observation(system, SystemStatus.DOWN, good.updatedAt() + YEARS, "probe", null)));
        };
    }

    byte[] encode(AppointmentVersion version) {
        return encode(Topics.APPOINTMENTS, version);
    }

    private <V> byte[] encode(Topic<V> topic, V value) {
        return serdes.value(topic).serializer().serialize(topic.name(prefix), value);
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
                version.updatedAt());
    }
}
