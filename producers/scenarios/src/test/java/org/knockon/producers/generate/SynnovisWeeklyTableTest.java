package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.scenario.ScenarioCatalogue;

/** The check against real data: the rules find NHS England London's weekly numbers without knowing them. */
class SynnovisWeeklyTableTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));
    private static Verdict verdict;

    @BeforeAll
    static void judge() {
        verdict = BatchOracle.judge(
                new Inputs(
                        EVENTS.systems().stream().collect(Collectors.toMap(MonitoredSystem::systemId, s -> s)),
                        EVENTS.services().stream().collect(Collectors.toMap(CareService::serviceId, s -> s)),
                        EVENTS.observations().toList(),
                        EVENTS.versions().toList()),
                Rules.DEFAULT);
    }

    @Test
    void postponementsByWeekAreThePublishedOnes() {
        // Copied from the publications and not read from the scenario, so that a change of either is noticed.
        Map<LocalDate, String> published = new TreeMap<>();
        published.put(LocalDate.of(2024, 6, 3), "900 outpatient, 814 elective");
        published.put(LocalDate.of(2024, 6, 10), "1294 outpatient, 320 elective");
        published.put(LocalDate.of(2024, 6, 17), "1202 outpatient, 121 elective");
        published.put(LocalDate.of(2024, 6, 24), "1517 outpatient, 136 elective");
        published.put(LocalDate.of(2024, 7, 1), "1286 outpatient, 100 elective");
        published.put(LocalDate.of(2024, 7, 8), "1028 outpatient, 71 elective");
        published.put(LocalDate.of(2024, 7, 15), "1122 outpatient, 46 elective");
        published.put(LocalDate.of(2024, 7, 22), "1074 outpatient, 52 elective");
        published.put(LocalDate.of(2024, 7, 29), "578 outpatient, 20 elective");
        published.put(LocalDate.of(2024, 8, 5), "53 outpatient, 13 elective");
        published.put(LocalDate.of(2024, 8, 12), "98 outpatient, 17 elective");

        assertThat(postponedByWeek()).containsExactlyInAnyOrderEntriesOf(published);
    }

    @Test
    void postponementsInTotalAreThePublishedOnes() {
        assertThat(postponed("CATEGORY|OUTPATIENT")).isEqualTo(10_152);
        assertThat(postponed("CATEGORY|THEATRE") + postponed("CATEGORY|DAY_CASE"))
                .isEqualTo(1_710);
        assertThat(postponed("ALL")).isEqualTo(10_152 + 1_710);
    }

    @Test
    void postponementsAreFoundAmongManyOtherChanges() {
        var all = verdict.counts().get("ALL");

        assertThat(all.deliveredInDowntime()).isGreaterThan(5 * all.postponed());
        assertThat(all.unconfirmed()).isGreaterThan(1_000);
        assertThat(all.awaitingDate()).isPositive();
        assertThat(all.rebooked()).isPositive();
        assertThat(all.recovered()).isPositive();
        assertThat(all.abandoned()).isPositive();
        assertThat(verdict.impacts().values()).anyMatch(impact -> impact.timesPostponed() > 1);
        assertThat(EVENTS.versions().filter(v -> v.changeReason() == ChangeReason.PATIENT))
                .hasSizeGreaterThan(5_000);
        assertThat(EVENTS.versions().filter(v -> v.changeReason() == ChangeReason.PROVIDER))
                .hasSizeGreaterThan(5_000);
        assertThat(EVENTS.versions().map(AppointmentVersion::replaces).filter(id -> id != null))
                .hasSizeGreaterThan(3_000);
        assertThat(EVENTS.stream().filter(e -> e.arrivesAt() > e.eventTime())).hasSizeGreaterThan(10_000);
    }

    private static long postponed(String cell) {
        return verdict.counts().get(cell).postponed();
    }

    /** Weeks start on Monday. All slots after 11 August count in the week of 12 August, as published. */
    private static Map<LocalDate, String> postponedByWeek() {
        Map<LocalDate, long[]> weeks = new TreeMap<>();
        verdict.counts().forEach((cell, counts) -> {
            if (cell.startsWith("SLOT_DAY_CATEGORY|") && counts.postponed() > 0) {
                String[] value = cell.substring("SLOT_DAY_CATEGORY|".length()).split("/");
                LocalDate week = LocalDate.parse(value[0]).with(DayOfWeek.MONDAY);
                LocalDate last = LocalDate.of(2024, 8, 12);
                int column = value[1].equals("OUTPATIENT") ? 0 : 1;
                weeks.computeIfAbsent(week.isAfter(last) ? last : week, w -> new long[2])[column] += counts.postponed();
            }
        });
        Map<LocalDate, String> postponed = new TreeMap<>();
        weeks.forEach((week, n) -> postponed.put(week, n[0] + " outpatient, " + n[1] + " elective"));
        return postponed;
    }
}
