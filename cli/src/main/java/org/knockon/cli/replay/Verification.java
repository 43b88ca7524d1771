package org.knockon.cli.replay;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.generate.ScenarioEvents;

/**
 * Compares the published results with those of the batch oracle.
 *
 * @param outages number of outages that the oracle found
 * @param impacts number of impacts that the oracle found
 * @param cells number of cells that the oracle found
 * @param differences one sentence per difference; empty if all results are equal
 */
record Verification(int outages, int impacts, int cells, List<String> differences) {

    Verification {
        differences = List.copyOf(differences);
    }

    /** Runs the batch oracle on the scenario's events. For a large scenario it takes seconds and much memory. */
    static Verdict judge(ScenarioEvents events, Rules rules) {
        long from = events.scenario().from();
        long until = events.scenario().to();
        return BatchOracle.judge(
                new Inputs(
                        events.systems().stream().collect(toMap(MonitoredSystem::systemId, Function.identity())),
                        events.services().stream().collect(toMap(CareService::serviceId, Function.identity())),
                        events.observations()
                                .filter(seen -> seen.observedAt() >= from && seen.observedAt() <= until)
                                .toList(),
                        events.versions().toList()),
                rules);
    }

    static Verification of(Verdict verdict, PublishedResults published, List<WeekFigures> weeks) {
        Comparison comparison =
                Comparison.of(verdict, published.outages(), published.impacts(), published.plainCounts());
        Stream<String> differingWeeks =
                weeks.stream().filter(week -> !week.matches()).map(WeekFigures::difference);
        return new Verification(
                verdict.outages().size(),
                verdict.impacts().size(),
                verdict.counts().size(),
                Stream.concat(differingWeeks, comparison.differences().stream()).toList());
    }

    boolean matches() {
        return differences.isEmpty();
    }
}
