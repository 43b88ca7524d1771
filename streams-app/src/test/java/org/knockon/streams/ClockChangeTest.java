package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;

/** Appointments in the nights when the clocks change in London. */
class ClockChangeTest {

    private static final long HOUR = 60 * 60_000L;
    private static final ImpactCounts ONE = new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0);

    @Test
    void theRepeatedHourOfAutumnIsTwoCells() {
        // At ten past one the clock has not gone back yet: all three are in the future, one in twenty minutes and two
        // an
        // hour later.
        Map<String, ImpactCounts> counts = counted(
                "2022-10-29T23:50:00Z",
                "2022-10-30T00:10:00Z",
                "2022-10-30T01:30:00+01:00",
                "2022-10-30T01:30:00+00:00",
                "2022-10-30T01:40:00+00:00");

        assertThat(hours(counts))
                .isEqualTo(Map.of("SLOT_HOUR|2022-10-30T01+01:00", ONE, "SLOT_HOUR|2022-10-30T01+00:00", ONE.times(2)));
        assertThat(counts)
                .containsEntry("ALL", ONE.times(3))
                .containsEntry("SLOT_DAY_CATEGORY|2022-10-30/OUTPATIENT", ONE.times(3));
    }

    @Test
    void theSkippedHourOfSpringIsNoCell() {
        Map<String, ImpactCounts> counts = counted(
                "2022-03-26T23:50:00Z",
                "2022-03-27T00:10:00Z",
                "2022-03-27T00:59:59Z",
                "2022-03-27T02:00:00+01:00",
                "2022-03-27T02:40:00+01:00");

        assertThat(hours(counts))
                .isEqualTo(Map.of("SLOT_HOUR|2022-03-27T00+00:00", ONE, "SLOT_HOUR|2022-03-27T02+01:00", ONE.times(2)));
        assertThat(counts).containsEntry("SLOT_DAY_CATEGORY|2022-03-27/OUTPATIENT", ONE.times(3));
    }

    private static Map<String, ImpactCounts> hours(Map<String, ImpactCounts> counts) {
        return counts.entrySet().stream()
                .filter(cell -> cell.getKey().startsWith("SLOT_HOUR|"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The counts of the pipeline, which equal those of the oracle. */
    private static Map<String, ImpactCounts> counted(String down, String now, String... slots) {
        List<WorldEvent> events = new ArrayList<>();
        MonitoringPolicy policy = new MonitoringPolicy(0, 0, 10 * HOUR);
        events.add(new WorldEvent.SystemChanged(
                at(down), new MonitoredSystem("pas", "PAS", "ZZ9", "APPLICATION", Set.of(), policy, null)));
        events.add(new WorldEvent.ServiceChanged(
                at(down),
                new CareService(
                        "night",
                        "Night clinic",
                        "ZZ9",
                        "ZZ901",
                        "180",
                        Category.OUTPATIENT,
                        List.of(new Requirement("pas", Capability.RECORDS, 0)))));
        for (String slot : slots) {
            events.add(new WorldEvent.Booked(new AppointmentVersion(
                    "at " + slot,
                    1,
                    AppointmentStatus.BOOKED,
                    null,
                    "night",
                    at(slot),
                    at(slot) + HOUR / 4,
                    Priority.ROUTINE,
                    "p",
                    null,
                    at(down) - 24 * HOUR,
                    null)));
        }
        events.add(observed(SystemStatus.UP, at(down) - HOUR));
        events.add(observed(SystemStatus.DOWN, at(down)));
        events.add(observed(SystemStatus.DOWN, at(now)));
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            events.forEach(driver::send);
            driver.settle();
            assertThat(driver.deadLetters()).isEmpty();
            Map<String, ImpactCounts> expected =
                    BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT).counts();
            assertThat(driver.counts()).containsAllEntriesOf(expected);
            return Map.copyOf(driver.counts());
        }
    }

    private static WorldEvent observed(SystemStatus status, long at) {
        return new WorldEvent.Observed(new Observation("pas", status, at, "probe", null));
    }

    private static long at(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
