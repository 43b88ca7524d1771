package org.knockon.benchmarks.growth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;

/** The series without a broker. They measure the CPU of this thread, which other programs on the machine hardly affect. */
final class InputGrowth {

    /** CPU used before anything counts: by then the JVM has compiled the code that matters. */
    private static final double WARM_SECONDS = 5;

    private static final int LARGEST_WARM_UP = 500;

    /** @param prepared cost of what was there before */
    private record Lap(BrokerlessPipeline.Cost prepared, BrokerlessPipeline.Cost run) {}

    private InputGrowth() {}

    /** @param sizes points of the series, each measured once a round */
    static void measure(Series series, List<Integer> sizes, int rounds, Results results) throws IOException {
        results.setting("warm-up", "the same with up to " + LARGEST_WARM_UP + ", for " + WARM_SECONDS + " s of CPU");
        results.setting("measured", "CPU of one thread; the topology without a broker, its stores on the heap");
        results.setting("a call", "one record with all that follows from it, or one round of the timers");
        int warmUp = Math.min(LARGEST_WARM_UP, sizes.get(0));
        for (double used = 0; used < WARM_SECONDS; ) {
            Lap lap = lap(series.input(), warmUp);
            used += lap.prepared.cpuSeconds() + lap.run.cpuSeconds();
        }
        Map<Integer, List<Lap>> laps = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (int size : sizes) {
                Lap lap = lap(series.input(), size);
                laps.computeIfAbsent(size, key -> new ArrayList<>()).add(lap);
                System.out.printf(
                        Locale.ROOT,
                        "round %d, %,d %s: CPU %.2f s, longest call %.1f ms%n",
                        round,
                        size,
                        series.counted(),
                        lap.run.cpuSeconds(),
                        lap.run.longestMillis());
            }
        }
        laps.forEach(
                (size, all) -> report(String.format(Locale.ROOT, "%,d %s: ", size, series.counted()), all, results));
    }

    private static void report(String subject, List<Lap> laps, Results results) {
        results.figure(subject + "CPU, s", Spread.of(laps, lap -> lap.run.cpuSeconds()));
        results.figure(subject + "longest call, CPU ms", Spread.of(laps, lap -> lap.run.longestMillis()));
        results.figure(
                subject + "CPU us a record", Spread.of(laps, lap -> lap.run.cpuSeconds() * 1e6 / lap.run.records()));
        results.figure(
                subject + "bytes to changelogs a record",
                Spread.of(laps, lap -> (double) lap.run.changelogBytes() / lap.run.records()));
        results.figure(subject + "records on outages", Spread.of(laps, lap -> lap.run.outageRecords()));
        results.figure(subject + "bytes on outages", Spread.of(laps, lap -> lap.run.outageBytes()));
        results.figure(subject + "CPU of what was there before, s", Spread.of(laps, lap -> lap.prepared.cpuSeconds()));
    }

    private static Lap lap(GrowingInput input, int size) throws IOException {
        try (BrokerlessPipeline pipeline = new BrokerlessPipeline()) {
            input.prepare(pipeline, size);
            BrokerlessPipeline.Cost prepared = pipeline.cost();
            pipeline.restart();
            input.run(pipeline, size);
            pipeline.settle();
            return new Lap(prepared, pipeline.cost());
        }
    }
}
