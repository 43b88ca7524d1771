package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.streams.task.Names;

/** State is bounded: what is older than retention is removed from the stores and from the topics. */
class RetentionTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void removesWhatIsOverWithTombstonesAndKeepsWhatIsNewer() {
        try (PipelineDriver driver = PipelineDriver.onDisk()) {
            catalogue(driver);
            observe(driver, NOON - DAY, SystemStatus.UP);
            observe(driver, NOON, SystemStatus.DOWN);
            observe(driver, NOON + 60 * MINUTE, SystemStatus.UP);
            observe(driver, NOON + 90 * MINUTE, SystemStatus.UP);
            driver.send(version("old", 1, AppointmentStatus.BOOKED, null, NOON + 30 * MINUTE, NOON - DAY));
            driver.send(version(
                    "old",
                    2,
                    AppointmentStatus.CANCELLED,
                    ChangeReason.IT_OUTAGE,
                    NOON + 30 * MINUTE,
                    NOON + 10 * MINUTE));
            driver.send(version("never affected", 1, AppointmentStatus.FULFILLED, null, NOON - DAY, NOON - DAY));
            driver.settle();
            assertThat(driver.impacts()).containsOnlyKeys("old");
            assertThat(driver.outages()).hasSize(1);
            assertThat(driver.counts().get("ALL").awaitingDate()).isEqualTo(1);

            long later = NOON + 405 * DAY;
            driver.send(version("new", 1, AppointmentStatus.BOOKED, null, later, later - DAY));
            for (int day = 1; day <= 5; day++) {
                observe(driver, NOON + day * DAY, SystemStatus.UP);
            }
            observe(driver, later - DAY, SystemStatus.UP);
            observe(driver, later, SystemStatus.UP);
            driver.settle();

            assertThat(driver.impacts()).isEmpty();
            assertThat(driver.outages()).isEmpty();
            assertThat(driver.counts().values()).containsOnly(ImpactCounts.ZERO);
            assertThat(driver.stored(Names.APPOINTMENTS))
                    .as("only the new appointment")
                    .isEqualTo(1);
            assertThat(driver.stored(Names.APPOINTMENT_INDEX)).isEqualTo(1);
            assertThat(driver.stored(Names.PARTIAL_COUNTS)).isZero();
            assertThat(driver.stored(Names.UNCOUNTED_CHANGES)).isZero();
            assertThat(driver.stored(Names.CELL_TALLIES)).as("that of ALL").isEqualTo(1);
            assertThat(driver.stored(Names.CELL_PARTIALS)).isZero();
            assertThat(driver.stored(Names.DETECTED_OUTAGES)).isZero();
            assertThat(driver.stored(Names.OBSERVATIONS)).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aLinkToAnUnknownAppointmentExpiresWithItsReplacement() {
        try (PipelineDriver driver = PipelineDriver.onDisk()) {
            catalogue(driver);
            observe(driver, NOON, SystemStatus.UP);
            driver.send(version("again", 1, AppointmentStatus.BOOKED, null, NOON, NOON - DAY, "never known"));
            driver.send(version("withdrawn", 1, AppointmentStatus.BOOKED, null, NOON, NOON - DAY, "nor this"));
            driver.send(version("withdrawn", 2, AppointmentStatus.BOOKED, null, NOON, NOON, null));
            driver.settle();
            assertThat(driver.stored(Names.APPOINTMENTS)).isEqualTo(3);
            assertThat(driver.stored(Names.REPLACEMENTS)).isEqualTo(2);

            passTo(driver, NOON + 405 * DAY);

            assertThat(driver.stored(Names.APPOINTMENTS)).isZero();
            assertThat(driver.stored(Names.REPLACEMENTS)).isZero();
            assertThat(driver.stored(Names.APPOINTMENT_INDEX)).isZero();
        }
    }

    @Test
    void aLinkToAKnownAppointmentExpiresWithThatAppointment() {
        try (PipelineDriver driver = PipelineDriver.onDisk()) {
            catalogue(driver);
            observe(driver, NOON, SystemStatus.UP);
            long later = NOON + 100 * DAY;
            driver.send(version("first", 1, AppointmentStatus.BOOKED, null, later, NOON));
            driver.send(version(
                    "first", 2, AppointmentStatus.CANCELLED, ChangeReason.IT_OUTAGE, later, NOON + 30 * MINUTE));
            driver.send(version("again", 1, AppointmentStatus.FULFILLED, null, NOON + DAY, NOON, "first"));
            driver.settle();
            assertThat(driver.impacts().get("first").state()).isEqualTo(ImpactState.RECOVERED);

            passTo(driver, NOON + 450 * DAY);
            assertThat(driver.stored(Names.APPOINTMENTS))
                    .as("the first appointment")
                    .isEqualTo(1);
            assertThat(driver.impacts().get("first").state()).isEqualTo(ImpactState.RECOVERED);

            passTo(driver, NOON + 550 * DAY);
            assertThat(driver.impacts()).isEmpty();
            assertThat(driver.stored(Names.APPOINTMENTS)).isZero();
            assertThat(driver.stored(Names.REPLACEMENTS)).isZero();
        }
    }

    @Test
    void manyLinksExpireWithTheReplacedAppointment() {
        try (PipelineDriver driver = PipelineDriver.onDisk()) {
            catalogue(driver);
            observe(driver, NOON, SystemStatus.UP);
            driver.send(version("first", 1, AppointmentStatus.BOOKED, null, NOON, NOON - DAY));
            long later = NOON + 405 * DAY;
            for (int i = 0; i < 5_000; i++) {
                driver.send(version("b" + i, 1, AppointmentStatus.BOOKED, null, later, NOON + i, "first"));
            }
            driver.settle();
            assertThat(driver.stored(Names.REPLACEMENTS)).isEqualTo(10_000);

            passTo(driver, later);

            assertThat(driver.stored(Names.APPOINTMENTS))
                    .as("without the first appointment")
                    .isEqualTo(5_000);
            assertThat(driver.stored(Names.REPLACEMENTS)).isZero();
        }
    }

    private static void passTo(PipelineDriver driver, long instant) {
        observe(driver, instant - DAY, SystemStatus.UP);
        observe(driver, instant, SystemStatus.UP);
        driver.settle();
    }

    private static void catalogue(PipelineDriver driver) {
        MonitoringPolicy policy = new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 1_000 * DAY);
        driver.send(new WorldEvent.SystemChanged(
                NOON - DAY, new MonitoredSystem("pas", "PAS", "ZZ9", "APPLICATION", Set.of(), policy, null)));
        driver.send(new WorldEvent.ServiceChanged(
                NOON - DAY,
                new CareService(
                        "clinic",
                        "Clinic",
                        "ZZ9",
                        "ZZ901",
                        "320",
                        Category.OUTPATIENT,
                        List.of(new Requirement("pas", Capability.SCHEDULING, 0)))));
    }

    private static void observe(PipelineDriver driver, long at, SystemStatus status) {
        driver.send(new WorldEvent.Observed(new Observation("pas", status, at, "probe", null)));
    }

    private static WorldEvent version(
            String id, long sequence, AppointmentStatus status, ChangeReason reason, long slot, long updatedAt) {
        return version(id, sequence, status, reason, slot, updatedAt, null);
    }

    private static WorldEvent version(
            String id,
            long sequence,
            AppointmentStatus status,
            ChangeReason reason,
            long slot,
            long updatedAt,
            String replaces) {
        return new WorldEvent.Booked(new AppointmentVersion(
                id,
                sequence,
                status,
                reason,
                "clinic",
                slot,
                slot + 20 * MINUTE,
                Priority.ROUTINE,
                "p",
                replaces,
                updatedAt,
                null));
    }
}
