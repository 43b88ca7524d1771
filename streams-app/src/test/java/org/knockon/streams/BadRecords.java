package org.knockon.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.schemas.Topics;

/** One record for each kind of error, and the text that its dead letter must contain. */
final class BadRecords {

    private static final int MEGABYTE = 1_000_000;

    private final RealPipeline pipeline;
    private final String system;
    private final String service;
    private final long time;
    private final List<String> expected = new ArrayList<>();

    BadRecords(RealPipeline pipeline, List<WorldEvent> events) {
        this.pipeline = pipeline;
        WorldEvent.Observed observed = first(events, WorldEvent.Observed.class);
        system = observed.key();
        time = observed.at();
        service = first(events, WorldEvent.ServiceChanged.class).key();
    }

    private static <T extends WorldEvent> T first(List<WorldEvent> events, Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    List<String> expectedReasons() {
        return expected;
    }

    void sendAll() {
        raw("bad-magic", "this is not Avro".getBytes(StandardCharsets.UTF_8), "not in Confluent wire format");
        raw("bad-id", ByteBuffer.allocate(9).put((byte) 0).putInt(987_654).array(), "987654");
        raw(
                "bad-schema",
                pipeline.encode(Topics.SYSTEM_HEALTH, observation(system, time, null)),
                "written with schema org.knockon.avro.SystemHealth");
        raw("bad-null", null, "value is null: an appointment");
        appointment(
                "bad-slot", service, time, time - 60_000, "slotEnd of appointment 'bad-slot' is before its slotStart");
        appointment("bad-service", "no-such-service", time, time + 60_000, "unknown service 'no-such-service'");
        health("no-such-system", time, null, "unknown system 'no-such-system'");
        health(
                system,
                Instant.parse("2099-01-01T00:00:00Z").toEpochMilli(),
                null,
                "2099-01-01T00:00:00Z lies in the future");
        health(
                system,
                Instant.parse("1970-01-02T00:00:00Z").toEpochMilli(),
                null,
                "the record's timestamp is 1970-01-02T00:00:00Z, outside the years 2000 to 2099");
        health(system, time, "x".repeat(MEGABYTE), "bytes: at most 262144 are accepted");
        health(system, time, "x".repeat(5_000), "detail has 5000 bytes");
        health(system, time - 4 * 366 * 24 * 3_600_000L, null, " is older");
    }

    private void raw(String key, byte[] value, String reason) {
        expected.add(reason);
        RealPipeline.await(pipeline.sendRaw(Topics.APPOINTMENTS, key, value, time));
    }

    private void appointment(String id, String serviceId, long slotStart, long slotEnd, String reason) {
        raw(
                id,
                pipeline.encode(
                        Topics.APPOINTMENTS,
                        new AppointmentVersion(
                                id,
                                1,
                                AppointmentStatus.BOOKED,
                                null,
                                serviceId,
                                slotStart,
                                slotEnd,
                                Priority.ROUTINE,
                                "p-1",
                                null,
                                time,
                                null)),
                reason);
    }

    private void health(String systemId, long observedAt, String detail, String reason) {
        expected.add(reason);
        RealPipeline.await(pipeline.sendRaw(
                Topics.SYSTEM_HEALTH,
                systemId,
                pipeline.encode(Topics.SYSTEM_HEALTH, observation(systemId, observedAt, detail)),
                Math.max(0, Math.min(observedAt, time))));
    }

    private static Observation observation(String systemId, long observedAt, String detail) {
        return new Observation(systemId, SystemStatus.DOWN, observedAt, "m1", detail);
    }
}
