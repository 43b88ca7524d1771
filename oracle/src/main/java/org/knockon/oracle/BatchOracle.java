package org.knockon.oracle;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;

/** Judges a complete set of events. The same set gives the same verdict, in any order and with any repeats. */
public final class BatchOracle {

    private BatchOracle() {}

    public static Verdict judge(Inputs inputs, Rules rules) {
        return judge(inputs, rules, StatusPiece.MOST_VOTERS);
    }

    /** @param mostVoters greatest number of monitors of one system that vote at one instant; tests use few */
    public static Verdict judge(Inputs inputs, Rules rules, int mostVoters) {
        Map<String, List<Observation>> observationsThatCount = inputs.observations().stream()
                .filter(observation -> observation.status() != SystemStatus.UNKNOWN)
                .filter(observation -> inputs.systems().containsKey(observation.systemId()))
                .collect(groupingBy(Observation::systemId));
        Long now = now(observationsThatCount, inputs.nowFloor());

        Map<String, List<Outage>> outagesBySystem = new TreeMap<>();
        observationsThatCount.forEach((systemId, observations) -> {
            var policy = inputs.systems().get(systemId).monitoring();
            List<StatusPiece> line = StatusPiece.line(observations, policy.silenceAfter(), mostVoters, now);
            outagesBySystem.put(systemId, OutageScan.outages(systemId, line, policy));
        });

        Dependencies dependencies = new Dependencies(inputs.systems());
        Cascade cascade = new Cascade(dependencies, inputs.services().values(), outagesBySystem);
        SortedMap<String, PublishedOutage> published = new TreeMap<>();
        outagesBySystem
                .values()
                .forEach(outages -> outages.forEach(outage -> published.put(outage.id(), cascade.publish(outage))));

        Map<String, History> histories = new TreeMap<>();
        inputs.versions().stream()
                .collect(groupingBy(AppointmentVersion::appointmentId))
                .forEach((appointmentId, versions) -> History.of(versions, rules.versionsKept())
                        .ifPresent(history -> histories.put(appointmentId, history)));
        ImpactJudge judge = new ImpactJudge(
                inputs.services(),
                dependencies,
                outagesBySystem,
                cascade,
                new Replacements(histories.values()),
                now,
                rules.horizon());
        SortedMap<String, Impact> impacts = new TreeMap<>();
        histories.forEach((appointmentId, history) ->
                judge.judge(history).ifPresent(impact -> impacts.put(appointmentId, impact)));

        CellCounter counts = new CellCounter(inputs.services(), published, rules.zone());
        impacts.values().forEach(counts::add);
        return new Verdict(
                now,
                Collections.unmodifiableSortedMap(published),
                Collections.unmodifiableSortedMap(impacts),
                Collections.unmodifiableSortedMap(counts.byKey()));
    }

    /** The newest observation that counts, or the wall clock if it is later (2). */
    private static Long now(Map<String, List<Observation>> observationsThatCount, Long floor) {
        return observationsThatCount.values().stream()
                .flatMap(List::stream)
                .map(Observation::observedAt)
                .max(Long::compare)
                .map(newest -> floor == null ? newest : Long.valueOf(Math.max(newest, floor)))
                .orElse(null);
    }
}
