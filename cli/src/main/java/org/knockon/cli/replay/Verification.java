package org.knockon.cli.replay;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.Verdict;
import org.knockon.producers.source.ReplaySource;

/**
 * Compares the published results with those of the batch oracle.
 *
 * @param outages number of outages that the oracle found
 * @param impacts number of impacts that the oracle found
 * @param cells number of cells that the oracle found
 * @param differences one sentence per difference; empty if all results are equal
 */
record Verification(int outages, int impacts, int cells, List<String> differences) {

    private static final int MAX_LINES = 20;

    Verification {
        differences = List.copyOf(differences);
    }

    /**
     * Runs the batch oracle on the scenario's events. For a large scenario it takes seconds and much memory.
     *
     * @param liveClock the time up to which an app with a live clock has judged, epoch milliseconds; empty in a replay
     */
    static Verdict judge(ReplaySource events, Rules rules, OptionalLong liveClock) {
        long from = events.from();
        long until = events.to();
        return BatchOracle.judge(
                new Inputs(
                        events.systems().stream().collect(toMap(MonitoredSystem::systemId, Function.identity())),
                        events.services().stream().collect(toMap(CareService::serviceId, Function.identity())),
                        events.observations()
                                .filter(seen -> seen.observedAt() >= from && seen.observedAt() <= until)
                                .toList(),
                        events.versions().toList(),
                        liveClock.isPresent() ? liveClock.getAsLong() : null),
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

    /**
     * The result for people.
     *
     * @param weeks number of weeks that were compared with published figures
     */
    List<String> lines(int weeks) {
        List<String> lines = new ArrayList<>();
        if (matches()) {
            lines.add("verified: " + Figures.count(outages) + " outages, " + Figures.count(impacts) + " impacts, "
                    + Figures.count(cells) + " cells equal the batch oracle");
            if (weeks > 0) {
                lines.add("verified: all " + weeks + " weeks equal the published figures");
            }
            return lines;
        }
        lines.add("NOT verified: " + Figures.count(differences.size(), "difference", "differences"));
        differences.stream().limit(MAX_LINES).forEach(one -> lines.add("  " + one));
        if (differences.size() > MAX_LINES) {
            lines.add("  and " + Figures.count(differences.size() - MAX_LINES) + " more");
        }
        return lines;
    }

    /** The result for programs. */
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("verified", matches())
                .put("outages", outages)
                .put("impacts", impacts)
                .put("cells", cells);
        ArrayNode all = json.putArray("differences");
        differences.forEach(all::add);
        return json;
    }
}
