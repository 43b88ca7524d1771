package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.Verdict;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.streams.task.Names;

/** Each record costs the same however many concern one appointment, and the result equals the oracle's. */
class BusyAppointmentTest {

    private static final int MANY = 10_000;
    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void snapshotsOfOneAppointmentCostTheSameHoweverMany() {
        List<WorldEvent> snapshots = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            AppointmentStatus status = i % 3 == 2 ? AppointmentStatus.CANCELLED : AppointmentStatus.BOOKED;
            snapshots.add(version("busy", i, status, NOON + i % 60 * MINUTE, NOON - 20 * MINUTE + i * 100L, null));
        }
        Random random = new Random(1);
        for (int i = 0; i < MANY; i += 500) {
            Collections.shuffle(snapshots.subList(i, i + 500), random);
        }
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            List<WorldEvent> events = outage();
            events.addAll(snapshots);
            events.forEach(driver::send);
            driver.settle();

            assertEqualsOracle(events, driver);
            assertThat(driver.impacts().get("busy").historyTruncated()).isTrue();
            assertThat(driver.activity().versionsDisplaced()).isEqualTo(MANY - Rules.VERSIONS_KEPT);
            assertThat(driver.deadLetters()).isEmpty();
            List<Integer> sizes = driver.changelogSizes(Names.APPOINTMENTS);
            assertThat(largest(sizes.subList(sizes.size() - 1_000, sizes.size())))
                    .as("bytes of each of the last thousand")
                    .isLessThan(largest(sizes.subList(0, 1_000)) + 100);
        }
    }

    @Test
    void replacementsOfOneAppointmentCostTheSameHoweverMany() {
        List<WorldEvent> events = outage();
        events.add(version("one", 1, AppointmentStatus.BOOKED, NOON, NOON - DAY, null));
        events.add(version("one", 2, AppointmentStatus.CANCELLED, NOON, NOON - 10 * MINUTE, null));
        List<WorldEvent> replacements = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            replacements.add(version(
                    "r" + i,
                    1,
                    i % 7 == 0 ? AppointmentStatus.ENTERED_IN_ERROR : AppointmentStatus.BOOKED,
                    NOON + DAY + i * MINUTE,
                    NOON + i / 2,
                    "one"));
        }
        Collections.shuffle(replacements, new Random(2));
        events.addAll(replacements);
        for (int i = MANY - 1; i > MANY - 1_000; i--) { // removes the current replacement, a thousand times
            events.add(version("r" + i, 2, AppointmentStatus.BOOKED, NOON + DAY, NOON + i, i % 2 == 0 ? null : "r0"));
        }
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            events.forEach(driver::send);
            driver.settle();

            assertEqualsOracle(events, driver);
            assertThat(driver.impacts().get("one").newSlot()).isEqualTo(NOON + DAY + (MANY - 1_000) * MINUTE);
            assertThat(largest(driver.changelogSizes(Names.APPOINTMENTS))).isLessThan(300);
            assertThat(largest(driver.changelogSizes(Names.REPLACEMENTS))).isLessThan(100);
        }
    }

    private static void assertEqualsOracle(List<WorldEvent> events, PipelineDriver driver) {
        Verdict verdict = BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT);
        assertThat(verdict.impacts()).isNotEmpty();
        Comparison comparison = Comparison.of(verdict, driver.outages(), driver.impacts(), driver.counts());
        assertThat(comparison.matches()).as(comparison.toString()).isTrue();
    }

    private static int largest(List<Integer> sizes) {
        return Collections.max(sizes);
    }

    /** An outage of an hour, on the day of the appointments. */
    private static List<WorldEvent> outage() {
        List<WorldEvent> events = new ArrayList<>();
        MonitoringPolicy policy = new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 1_000 * DAY);
        events.add(new WorldEvent.SystemChanged(
                NOON - DAY, new MonitoredSystem("pas", "PAS", "ZZ9", "APPLICATION", Set.of(), policy, null)));
        events.add(new WorldEvent.ServiceChanged(
                NOON - DAY,
                new CareService(
                        "clinic",
                        "Clinic",
                        "ZZ9",
                        "ZZ901",
                        "320",
                        Category.OUTPATIENT,
                        List.of(new Requirement("pas", Capability.SCHEDULING, 0)))));
        events.add(observed(NOON - DAY, SystemStatus.UP));
        events.add(observed(NOON - 30 * MINUTE, SystemStatus.DOWN));
        events.add(observed(NOON + 30 * MINUTE, SystemStatus.UP));
        events.add(observed(NOON + 60 * MINUTE, SystemStatus.UP));
        return events;
    }

    private static WorldEvent observed(long at, SystemStatus status) {
        return new WorldEvent.Observed(new Observation("pas", status, at, "probe", null));
    }

    private static WorldEvent version(
            String id, long sequence, AppointmentStatus status, long slot, long updatedAt, String replaces) {
        return new WorldEvent.Booked(new AppointmentVersion(
                id,
                sequence,
                status,
                status == AppointmentStatus.CANCELLED ? ChangeReason.PROVIDER : null,
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
