package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.task.Names;

/**
 * Which records become dead letters, when, and with which message. Uses the driver, where the test moves the wall
 * clock.
 */
class DeadLettersTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long HALF_HOUR = 30 * 60 * 1000L;

    @Test
    void waitsForTheCatalogueBeforeItReportsAnUnknownService() {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            driver.send(booked("a1", "clinic", HALF_HOUR));
            driver.advance(Duration.ofMillis(PipelineDriver.GRACE / 2));
            driver.send(clinic());
            driver.settle();
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void reportsAnUnknownServiceAfterTheGraceWithTheOriginalBytes() {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            WorldEvent.Booked event = booked("a1", "nowhere", HALF_HOUR);
            driver.send(event);
            driver.settle();
            assertThat(driver.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(driver.encode(event));
                assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("a1");
                assertThat(header(letter, "message")).contains("unknown service 'nowhere'");
                assertThat(header(letter, "topic")).isEqualTo("knockon.appointments");
                assertThat(header(letter, "offset")).isEqualTo("0");
            });
        }
    }

    @Test
    void rejectsASlotThatEndsBeforeItStarts() {
        assertRejected(booked("a1", "clinic", -HALF_HOUR), "slotEnd of appointment 'a1' is before its slotStart");
    }

    @Test
    void rejectsASlotLongerThanALocalDayOf25Hours() {
        assertRejected(booked("a1", "clinic", 25 * 2 * HALF_HOUR + 1), "longer than 25 hours");
    }

    @Test
    void acceptsALocalDayOf25Hours() {
        long midnight = Instant.parse("2022-10-29T23:00:00Z").toEpochMilli();
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            driver.send(clinic());
            driver.send(new WorldEvent.Booked(version("a1", "clinic", midnight, midnight + 25 * 2 * HALF_HOUR, NOON)));
            driver.settle();
            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.stored(Names.APPOINTMENTS)).isPositive();
        }
    }

    @Test
    void validatesLiveRecordsAgainstTheWallClock() {
        long now = PipelineDriver.WALL_CLOCK.toEpochMilli();
        long latest = now + 60_000 + InputLimits.BOOKING_CLOCK_LEAD;
        try (PipelineDriver driver = PipelineDriver.withClock(new ClockMode.Live(60_000))) {
            driver.send(clinic());
            driver.send(new WorldEvent.Booked(version("a1", "clinic", now, now, latest)));
            driver.settle();
            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.stored(Names.APPOINTMENTS)).isPositive();
        }
        assertRejectedLive(
                version("a1", "clinic", now, now, latest + 1), now, "updatedAt 2026-01-01T00:06:00.001Z lies");
        assertRejectedLive(
                version("a1", "clinic", now, now, now), latest + 1, "the record's timestamp 2026-01-01T00:06");
    }

    /** An early clock of one monitor would make every other one look silent. */
    @Test
    void anObservationHasNoLeadBeyondTheAllowedSkew() {
        long now = PipelineDriver.WALL_CLOCK.toEpochMilli();
        try (PipelineDriver driver = PipelineDriver.withClock(new ClockMode.Live(60_000))) {
            driver.send(new WorldEvent.Observed(new Observation("pas", SystemStatus.UP, now + 60_001, "probe", null)));
            driver.settle();
            assertThat(driver.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(header(letter, "message")).contains("2026-01-01T00:01:00.001Z"));
        }
    }

    private static void assertRejectedLive(AppointmentVersion version, long timestamp, String reason) {
        try (PipelineDriver driver = PipelineDriver.withClock(new ClockMode.Live(60_000))) {
            driver.send(clinic());
            WorldEvent.Booked event = new WorldEvent.Booked(version);
            driver.sendRaw(Topics.APPOINTMENTS, event.key(), driver.encode(event), timestamp);
            driver.settle();
            assertThat(driver.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(header(letter, "message")).contains(reason));
        }
    }

    /** Kafka's own handler would fail at the timestamp, and at a value larger than a producer can send. */
    @Test
    void truncatesADeadLetterThatNoProducerCouldSend() {
        byte[] huge = new byte[8 * 1024 * 1024];
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            driver.sendBytes(Topics.SYSTEMS, "huge".getBytes(StandardCharsets.UTF_8), huge, NOON);
            driver.settle();
            assertThat(driver.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).hasSize(1024 * 1024);
                assertThat(new String(
                                letter.headers()
                                        .lastHeader("knockon.original.value.size")
                                        .value(),
                                StandardCharsets.UTF_8))
                        .isEqualTo("8388608");
            });
        }
    }

    @Test
    void parksNoMoreBytesThanItsLimit() {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            byte[] value = LimitCases.largest(PipelineDriver.wireRecords(), Topics.APPOINTMENTS, NOON);
            for (int i = 0; i < 130; i++) {
                driver.sendBytes(
                        Topics.APPOINTMENTS, WireRecords.APPOINTMENT.getBytes(StandardCharsets.UTF_8), value, NOON);
            }
            assertThat(driver.stored(Names.PARKED_APPOINTMENTS)).isEqualTo(128);
            driver.settle();
            assertThat(driver.deadLetters()).hasSize(130);
        }
    }

    @Test
    void rejectsAKeyThatIsNotTheAppointmentId() {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            driver.send(clinic());
            driver.sendRaw(Topics.APPOINTMENTS, "other", driver.encode(booked("a1", "clinic", HALF_HOUR)), NOON);
            driver.settle();
            assertThat(driver.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(header(letter, "message"))
                            .contains("key 'other' is not the appointmentId 'a1'"));
        }
    }

    private static void assertRejected(WorldEvent event, String reason) {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            driver.send(clinic());
            driver.send(event);
            driver.settle();
            assertThat(driver.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(header(letter, "message")).contains(reason));
        }
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    private static WorldEvent clinic() {
        return new WorldEvent.ServiceChanged(
                NOON, new CareService("clinic", "Clinic", "RJ1", "RJ121", "320", Category.OUTPATIENT, List.of()));
    }

    private static WorldEvent.Booked booked(String id, String serviceId, long length) {
        return new WorldEvent.Booked(version(id, serviceId, NOON, NOON + length, NOON));
    }

    private static AppointmentVersion version(
            String id, String serviceId, long slotStart, long slotEnd, long updatedAt) {
        return new AppointmentVersion(
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
                updatedAt,
                null);
    }
}
