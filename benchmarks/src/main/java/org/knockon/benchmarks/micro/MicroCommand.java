package org.knockon.benchmarks.micro;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.Spread;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the micro-benchmarks of this package. */
@Command(
        name = "micro",
        description =
                "Measures nanoseconds per assessment, per observation, and per write and read of an appointment, with JMH.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench micro --forks 3"})
public final class MicroCommand implements Callable<Integer> {

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "Number of fresh JVMs. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int forks;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description =
                    "Measured iterations in each JVM, after the same number of warm-up iterations. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private int iterations;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of an iteration. Default: ${DEFAULT-VALUE}.",
            defaultValue = "2")
    private int seconds;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Collection<RunResult> all = new Runner(new OptionsBuilder()
                        .include(getClass().getPackageName() + "\\..*Benchmark\\.")
                        .forks(forks)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(seconds))
                        .shouldFailOnError(true)
                        .build())
                .run();
        Results results = new Results();
        results.setting("forks", forks);
        results.setting("iterations in each", iterations);
        results.setting("seconds of each", seconds);
        results.setting("seed", "none: nothing is random");
        all.stream()
                .sorted(Comparator.comparing(MicroCommand::name))
                .forEach(one -> results.figure(name(one) + ": ns", Spread.of(iterations(one), ns -> ns)));
        results.write(file.fileFor("micro"));
        return 0;
    }

    private static List<Double> iterations(RunResult run) {
        return run.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .map(result -> result.getScore())
                .toList();
    }

    /** {@code SerdeBenchmark.read} becomes {@code serde read}. */
    private static String name(RunResult run) {
        String[] parts = run.getParams().getBenchmark().split("\\.");
        String subject = parts[parts.length - 2].replace("Benchmark", "");
        return (subject + " " + parts[parts.length - 1])
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }
}
