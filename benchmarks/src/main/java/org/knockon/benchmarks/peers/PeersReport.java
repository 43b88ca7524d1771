package org.knockon.benchmarks.peers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knockon.benchmarks.harness.LapFigures;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.programs.Competitor;

/** The results of all rounds: medians with the smallest and the largest value, and ratios within a round. */
final class PeersReport {

    private final Map<Competitor, List<Stopwatch.Lap>> laps = new EnumMap<>(Competitor.class);
    private final Map<String, List<OutageRun.Times>> outages = new LinkedHashMap<>();

    void lap(Competitor competitor, Stopwatch.Lap lap) {
        laps.computeIfAbsent(competitor, c -> new ArrayList<>()).add(lap);
    }

    void times(String name, OutageRun.Times times) {
        outages.computeIfAbsent(name, n -> new ArrayList<>()).add(times);
    }

    void write(Results results) {
        laps.forEach((competitor, all) -> LapFigures.report(competitor.shown(), all, results));
        outages.forEach((name, all) -> {
            results.figure(name + ": first outage, ms", Spread.of(all, OutageRun.Times::firstMillis));
            results.figure(name + ": later outages, ms", Spread.of(all, OutageRun.Times::laterMedian));
            results.figure(name + ": last outage, records", Spread.of(all, OutageRun.Times::records));
        });
        List<Stopwatch.Lap> ours = laps.get(Competitor.KNOCKON);
        laps.forEach((peer, theirs) -> {
            if (peer != Competitor.KNOCKON) {
                LapFigures.compare(peer.shown(), ours, theirs, results);
            }
        });
        List<OutageRun.Times> ourTimes = outages.get(Competitor.KNOCKON.shown());
        outages.forEach((peer, theirs) -> {
            if (theirs != ourTimes) {
                String name = peer + " / knockon";
                results.figure(
                        name + ": first outage", LapFigures.ratio(theirs, ourTimes, OutageRun.Times::firstMillis));
                results.figure(
                        name + ": later outages", LapFigures.ratio(theirs, ourTimes, OutageRun.Times::laterMedian));
            }
        });
        Map<String, String> doesLess = new LinkedHashMap<>();
        for (Competitor competitor : Competitor.values()) {
            doesLess.put(competitor.shown(), competitor.doesLess());
        }
        doesLess.put(Postgres.SHOWN.toLowerCase(Locale.ROOT), Postgres.DOES_LESS);
        results.detail("doesLess", doesLess);
        results.detail("rounds, throughput", laps);
        results.detail("rounds, outage", outages);
    }
}
