package org.knockon.benchmarks.peers;

import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.programs.Competitor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What every round came to: medians with the least and the most, ratios within a round. */
final class PeersReport {

    private final Map<Competitor, List<Stopwatch.Lap>> laps = new EnumMap<>(Competitor.class);
    private final Map<String, List<OutageRun.Times>> outages = new LinkedHashMap<>();

    void lap(Competitor contestant, Stopwatch.Lap lap) {
        laps.computeIfAbsent(contestant, c -> new ArrayList<>()).add(lap);
    }

    void times(String name, OutageRun.Times times) {
        outages.computeIfAbsent(name, n -> new ArrayList<>()).add(times);
    }

    void write(Results results) {
        laps.forEach((contestant, all) -> {
            String name = contestant.shown();
            results.figure(name + ": events a second", Spread.of(all, lap -> lap.events() / lap.seconds()));
            results.figure(
                    name + ": events a second, warm half",
                    Spread.of(all, lap -> lap.events() / 2.0 / lap.warmSeconds()));
            results.figure(name + ": CPU us an event", Spread.of(all, lap -> lap.cpuSeconds() * 1e6 / lap.events()));
            results.figure(
                    name + ": CPU us an event, warm half",
                    Spread.of(all, lap -> lap.warmCpuSeconds() * 2e6 / lap.events()));
        });
        outages.forEach((name, all) -> {
            results.figure(name + ": first outage, ms", Spread.of(all, OutageRun.Times::firstMillis));
            results.figure(name + ": later outages, ms", Spread.of(all, OutageRun.Times::laterMedian));
            results.figure(name + ": last outage, records", Spread.of(all, OutageRun.Times::records));
        });
        List<Stopwatch.Lap> ours = laps.get(Competitor.KNOCKON);
        laps.forEach((peer, theirs) -> {
            if (peer != Competitor.KNOCKON) {
                String name = "knockon / " + peer.shown();
                results.figure(name + ": speed", ratio(ours, theirs, lap -> 1 / lap.seconds()));
                results.figure(name + ": speed, warm half", ratio(ours, theirs, lap -> 1 / lap.warmSeconds()));
                results.figure(name + ": CPU an event", ratio(ours, theirs, Stopwatch.Lap::cpuSeconds));
                results.figure(name + ": CPU an event, warm half", ratio(ours, theirs, Stopwatch.Lap::warmCpuSeconds));
            }
        });
        List<OutageRun.Times> ourTimes = outages.get(Competitor.KNOCKON.shown());
        outages.forEach((peer, theirs) -> {
            if (theirs != ourTimes) {
                String name = peer + " / knockon";
                results.figure(name + ": first outage", ratio(theirs, ourTimes, OutageRun.Times::firstMillis));
                results.figure(name + ": later outages", ratio(theirs, ourTimes, OutageRun.Times::laterMedian));
            }
        });
        Map<String, String> doesLess = new LinkedHashMap<>();
        for (Competitor contestant : Competitor.values()) {
            doesLess.put(contestant.shown(), contestant.doesLess());
        }
        doesLess.put(Postgres.SHOWN.toLowerCase(Locale.ROOT), Postgres.DOES_LESS);
        results.detail("doesLess", doesLess);
        results.detail("rounds, throughput", laps);
        results.detail("rounds, outage", outages);
    }

    /** Of each round by itself. */
    private static <T> Spread ratio(List<T> above, List<T> below, ToDoubleFunction<T> figure) {
        List<Double> ratios = IntStream.range(0, above.size())
                .mapToObj(round -> figure.applyAsDouble(above.get(round)) / figure.applyAsDouble(below.get(round)))
                .toList();
        return Spread.of(ratios, Double::doubleValue);
    }
}
