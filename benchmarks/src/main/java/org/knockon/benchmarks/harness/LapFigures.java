package org.knockon.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Prints and reports the figures of laps: of one program, or as ratios between two. */
public final class LapFigures {

    private LapFigures() {}

    /** Prints one lap. */
    public static void print(String name, Stopwatch.Lap lap) {
        System.out.printf(
                Locale.ROOT,
                "  %-14s %,10.0f events per second, warm %,10.0f, CPU %.1f us per event, warm %.1f%n",
                name,
                lap.perSecond(),
                lap.warmPerSecond(),
                lap.cpuMicros(),
                lap.warmCpuMicros());
    }

    /** Reports medians over the rounds. */
    public static void report(String name, List<Stopwatch.Lap> rounds, Results results) {
        results.figure(name + ": events a second", Spread.of(rounds, Stopwatch.Lap::perSecond));
        results.figure(name + ": events a second, warm half", Spread.of(rounds, Stopwatch.Lap::warmPerSecond));
        results.figure(name + ": CPU us an event", Spread.of(rounds, Stopwatch.Lap::cpuMicros));
        results.figure(name + ": CPU us an event, warm half", Spread.of(rounds, Stopwatch.Lap::warmCpuMicros));
    }

    /** Reports ratios of Knock-on to another program, each taken within a round. */
    public static void compare(String other, List<Stopwatch.Lap> knockon, List<Stopwatch.Lap> others, Results results) {
        String name = "knockon / " + other + ": ";
        results.figure(name + "speed", ratio(knockon, others, Stopwatch.Lap::perSecond));
        results.figure(name + "CPU an event", ratio(knockon, others, Stopwatch.Lap::cpuMicros));
        results.figure(name + "speed, warm half", ratio(knockon, others, Stopwatch.Lap::warmPerSecond));
        results.figure(name + "CPU an event, warm half", ratio(knockon, others, Stopwatch.Lap::warmCpuMicros));
    }

    /** Ratio of two figures, taken within each round. */
    public static <T> Spread ratio(List<T> numerators, List<T> denominators, ToDoubleFunction<T> figure) {
        List<Double> ratios = IntStream.range(0, numerators.size())
                .mapToObj(round ->
                        figure.applyAsDouble(numerators.get(round)) / figure.applyAsDouble(denominators.get(round)))
                .toList();
        return Spread.of(ratios, Double::doubleValue);
    }
}
