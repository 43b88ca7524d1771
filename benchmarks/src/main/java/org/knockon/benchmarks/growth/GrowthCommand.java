package org.knockon.benchmarks.growth;

import java.util.List;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the same work on top of more and more. */
@Command(
        name = "growth",
        description = {
            "appointments, outages, threads, instances: CPU an event and events a second in the steady state, with more and more",
            "already there; each point in fresh JVMs, after a warm-up with at least 300,000 events for each instance.",
            "large-catalogue: a real broker, from the last record to the last count.",
            "rules: the rules alone, in rings, stars, trees and chains of systems and in large catalogues.",
            "All others: more and more of one kind of input that could cost too much: CPU in total and of the longest call,",
            "without a broker."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench growth --series outages --rounds 3",
            "  ./bench growth --series snapshots --steps 250,500,1000,2000"
        })
public final class GrowthCommand implements Callable<Integer> {

    @Option(
            names = "--series",
            required = true,
            paramLabel = "SERIES",
            description = "What is varied: ${COMPLETION-CANDIDATES} (in any case).")
    private Series series;

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "N",
            description =
                    "Points of the series. Default: appointments 10000,100000,1000000,4000000; outages 0,1,5,10,100,1000; threads and instances 1,2,4; others a tenth of their goal and the goal.")
    private List<Integer> steps = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "In the steady state: measured at each point; half book, half change a booking. Default: ${DEFAULT-VALUE}.",
            defaultValue = "200000")
    private int events;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "In the steady state. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("series", series.toString());
        results.setting("rounds", rounds);
        List<Integer> sizes = series.steps(steps);
        switch (series.kind()) {
            case STEADY_STATE -> new SteadyState(series, events, seed).measure(sizes, rounds, results);
            case INPUT -> InputGrowth.measure(series, sizes, rounds, results);
            case BROKER -> LargeCatalogue.measure(sizes, rounds, results);
            case RULES -> RuleCases.measure(sizes, rounds, results);
        }
        results.write(file.fileFor("growth-" + series));
        return 0;
    }
}
