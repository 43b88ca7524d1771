package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.schemas.Topics;

/** The size of the July heatwave and its impact. */
class HeatwaveTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("july-heatwave-2022"));

    @Test
    void hasTheSizeOfTheTrust() {
        Scenario scenario = EVENTS.scenario();

        assertThat(EVENTS.systems()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(EVENTS.services()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(EVENTS.appointments()).isGreaterThanOrEqualTo(300_000);
        assertThat(EVENTS.size()).isBetween(1_000_000L, 1_500_000L);
        assertThat(EVENTS.counts().get(Topics.SYSTEM_HEALTH)).isBetween(380_000L, 500_000L);
        assertThat(scenario.firstDay()).hasToString("2022-07-11");
        assertThat(scenario.lastDay()).hasToString("2022-09-21");
    }

    @Test
    void hasAsManyOutpatientsAsTheCareQualityCommissionReported() {
        // 1,187,182 attendances in 2014/15 over 253 working days.
        double weekly = EVENTS.scenario().services().stream()
                .filter(s -> s.service().category() == Category.OUTPATIENT)
                .filter(s -> !s.service().site().equals("RBHX"))
                .mapToDouble(s -> s.weekly())
                .sum();

        assertThat(weekly / 5).isBetween(4_600.0, 4_800.0);
    }

    @Test
    void everySystemDependsOnADataCentreExceptCommunityRecords() {
        Map<String, MonitoredSystem> systems = byKey(EVENTS.systems(), MonitoredSystem::systemId);
        List<String> roots = systems.values().stream()
                .filter(s -> s.dependsOn().isEmpty())
                .map(MonitoredSystem::systemId)
                .sorted()
                .toList();

        assertThat(roots).containsExactly("community-records", "cooling-guys", "cooling-stt", "dc-rbh");
    }

    /** Uses every tenth appointment, because the oracle is slow. */
    @Test
    void mostAppointmentsInTheOutageGoAheadOnPaperAndTheBromptonIsUntouched() {
        Verdict verdict = judge(
                EVENTS.versions().filter(v -> v.appointmentId().endsWith("7")).toList());
        ImpactCounts all = verdict.counts().get("ALL");
        long affected = all.postponed() + all.unconfirmed() + all.deliveredInDowntime();

        assertThat(affected).isGreaterThan(4_000);
        assertThat(all.deliveredInDowntime()).isGreaterThan(affected / 2);
        assertThat(all.postponed()).isGreaterThan(affected / 10);
        assertThat(verdict.counts()).doesNotContainKey("SITE|RBHX");
        assertThat(verdict.counts().get("SITE|RJ121").postponed()).isPositive();
        assertThat(verdict.counts().get("SITE|RJ122").postponed()).isPositive();
        assertThat(verdict.counts().keySet())
                .contains("SYSTEM|cooling-guys", "SYSTEM|cooling-stt", "SYSTEM|community-records");
        assertThat(verdict.outages().values()).noneMatch(o -> o.outage().open());
    }

    private static Verdict judge(Collection<AppointmentVersion> versions) {
        Inputs inputs = new Inputs(
                byKey(EVENTS.systems(), MonitoredSystem::systemId),
                byKey(EVENTS.services(), CareService::serviceId),
                EVENTS.observations().toList(),
                versions);
        return BatchOracle.judge(inputs, Rules.DEFAULT);
    }

    private static <T> Map<String, T> byKey(Collection<T> items, Function<T, String> key) {
        return items.stream().collect(Collectors.toMap(key, item -> item));
    }
}
