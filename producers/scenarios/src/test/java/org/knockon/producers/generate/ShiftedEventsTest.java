package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;

class ShiftedEventsTest {
    private static final long START = Instant.parse("2026-11-30T10:17:23Z").toEpochMilli();

    private final ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));
    private final ScenarioEvents shifted = events.shiftedTo(START);
    private final long shift = START - events.scenario().from();

    @Test
    void movesEveryTimeOfEveryEventByTheSameAmount() {
        assertThat(shifted.from()).isEqualTo(START);
        assertThat(shifted.to() - shifted.from()).isEqualTo(events.to() - events.from());
        assertThat(shifted.size()).isEqualTo(events.size());
        Iterator<ReplayEvent> moved = shifted.iterator();
        for (ReplayEvent event : events) {
            ReplayEvent other = moved.next();
            assertThat(other)
                    .isEqualTo(new ReplayEvent(
                            event.eventTime() + shift,
                            event.arrivesAt() + shift,
                            event.arrivalOrder(),
                            event.topic(),
                            event.key(),
                            moved(event.value())));
        }
        assertThat(moved.hasNext()).isFalse();
        assertThat(shifted.observations().toList())
                .isEqualTo(events.observations().map(this::moved).toList());
        assertThat(shifted.versions().toList())
                .isEqualTo(events.versions().map(this::moved).toList());
    }

    @Test
    void leavesTheOriginalAsItWas() {
        assertThat(shifted.shifted()).isTrue();
        assertThat(events.shifted()).isFalse();
        assertThat(events.from()).isEqualTo(events.scenario().from());
        assertThat(shifted.scenario()).isSameAs(events.scenario());
    }

    @Test
    void shiftingTwiceIsShiftingOnce() {
        assertThat(shifted.shiftedTo(START + 1).stream())
                .containsExactlyElementsOf(events.shiftedTo(START + 1).stream().toList());
    }

    /** Hours and days of slots differ, but who is affected by which outage does not. */
    @Test
    void postponesTheSameAppointments() {
        Verdict before = judge(events);
        Verdict after = judge(shifted);

        assertThat(after.impacts().keySet())
                .isEqualTo(before.impacts().keySet())
                .isNotEmpty();
        assertThat(timeless(after)).isEqualTo(timeless(before)).hasSizeGreaterThan(5);
    }

    private static SortedMap<String, ImpactCounts> timeless(Verdict verdict) {
        return verdict.counts().entrySet().stream()
                .filter(cell -> List.of("ALL", "SITE", "CATEGORY", "SERVICE", "SYSTEM")
                        .contains(cell.getKey().replaceFirst("\\|.*", "")))
                .collect(Collectors.toMap(cell -> cell.getKey(), cell -> cell.getValue(), (a, b) -> a, TreeMap::new));
    }

    private static Verdict judge(ScenarioEvents some) {
        return BatchOracle.judge(
                new Inputs(
                        some.systems().stream()
                                .collect(Collectors.toMap(MonitoredSystem::systemId, Function.identity())),
                        some.services().stream().collect(Collectors.toMap(CareService::serviceId, Function.identity())),
                        some.observations().toList(),
                        some.versions().toList()),
                Rules.DEFAULT);
    }

    private Object moved(Object value) {
        if (value instanceof Observation seen) {
            return moved(seen);
        }
        return value instanceof AppointmentVersion version ? moved(version) : value;
    }

    private Observation moved(Observation seen) {
        return new Observation(
                seen.systemId(), seen.status(), seen.observedAt() + shift, seen.monitor(), seen.detail());
    }

    private AppointmentVersion moved(AppointmentVersion version) {
        return new AppointmentVersion(
                version.appointmentId(),
                version.sequence(),
                version.status(),
                version.changeReason(),
                version.serviceId(),
                version.slotStart() + shift,
                version.slotEnd() + shift,
                version.priority(),
                version.patientRef(),
                version.replaces(),
                version.updatedAt() + shift,
                null);
    }
}
