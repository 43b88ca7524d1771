package org.knockon.benchmarks.outage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.LocalApp;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Outages of a given size, many times, among far more appointments than they hit. */
@Command(
        name = "outage",
        description = {
            "From the acknowledged observation that confirms an outage to exact counts seen by a committed reader;",
            "how much of that is transactions; and how many records an outage costs."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench outage --appointments 200000 --hits 1000,100000 --times 50,5"})
public final class OutageCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final int MOST_SYSTEMS = 10;

    /** Outages of each size that do not count. */
    private static final int WARM_UP = 3;

    private final ServiceGroup others = new ServiceGroup("others", 1, 80);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Appointments booked before. Default: ${DEFAULT-VALUE}.",
            defaultValue = "200000")
    private int appointments;

    @Option(
            names = "--hits",
            split = ",",
            paramLabel = "N",
            description = "Appointments that an outage hits. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000,100000")
    private List<Integer> hits;

    @Option(
            names = "--times",
            split = ",",
            paramLabel = "N",
            description = "Outages of each size. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50,5")
    private List<Integer> times;

    @Option(
            names = "--hops",
            paramLabel = "N",
            description = {
                "Further outages of each size, with two more readers that time each hop;",
                "they do not count for the latency. Default: ${DEFAULT-VALUE}."
            },
            defaultValue = "10")
    private int hops;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "The app's commit interval, milliseconds. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int commitInterval;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Map<Integer, List<ServiceGroup>> sizes = sizes();
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("hits", hits);
        results.setting("times", times);
        results.setting("warm-up", WARM_UP);
        results.setting("outages with hops timed", hops);
        results.setting("commit interval, ms", commitInterval);
        results.setting("clock", "replay");
        results.setting("seed", seed);
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            Map<String, Object> client = new HashMap<>(testbed.client());
            client.put("commit.interval.ms", commitInterval);
            try (Estate estate = Estate.simulated(PREFIX, testbed.client());
                    LocalApp app = LocalApp.start(AppSettings.replay(PREFIX, testbed.folder("app"), 2), client)) {
                open(estate, sizes);
                app.awaitIdle();
                book(estate, sizes);
                app.awaitIdle();
                try (CountsReader counts = new CountsReader(PREFIX, testbed.client());
                        WrittenRecords written = new WrittenRecords(PREFIX, testbed.client())) {
                    OutageTrials trials = new OutageTrials(estate, app, counts, written, new Random(seed));
                    for (int i = 0; i < hits.size(); i++) {
                        measure(trials, hits.get(i), times.get(i), sizes.get(hits.get(i)), testbed, results);
                    }
                }
            }
        }
        results.write(file.fileFor("outage"));
        return 0;
    }

    /** A system for each outage of a size if there are enough appointments; otherwise they take turns. */
    private Map<Integer, List<ServiceGroup>> sizes() {
        if (hits.size() != times.size()) {
            throw new ParameterException(spec.commandLine(), "--hits and --times must have the same length");
        }
        Map<Integer, List<ServiceGroup>> sizes = new LinkedHashMap<>();
        for (int hit : hits) {
            int systems = (int) Math.max(1, Math.min(MOST_SYSTEMS, appointments / 4L / hit));
            sizes.put(
                    hit,
                    IntStream.range(0, systems)
                            .mapToObj(i -> new ServiceGroup("hit-" + hit + "-" + i, 1, hit < 10_000 ? 4 : 20))
                            .toList());
        }
        if (rest(sizes) < 0) {
            throw new ParameterException(spec.commandLine(), "--appointments must be at least the sum of --hits");
        }
        return sizes;
    }

    private int rest(Map<Integer, List<ServiceGroup>> sizes) {
        int rest = appointments;
        for (Map.Entry<Integer, List<ServiceGroup>> size : sizes.entrySet()) {
            rest -= size.getKey() * size.getValue().size();
        }
        return rest;
    }

    private void open(Estate estate, Map<Integer, List<ServiceGroup>> sizes) throws Exception {
        List<ServiceGroup> all = new ArrayList<>(List.of(others));
        sizes.values().forEach(all::addAll);
        estate.open(all);
    }

    private void book(Estate estate, Map<Integer, List<ServiceGroup>> sizes) {
        System.out.println("booking " + appointments + " appointments");
        estate.book(others, 0, rest(sizes));
        sizes.forEach((hit, groups) -> groups.forEach(group -> estate.book(group, 0, hit)));
        estate.flush();
    }

    private void measure(
            OutageTrials trials, int hit, int number, List<ServiceGroup> systems, Testbed testbed, Results results)
            throws Exception {
        System.out.println("outages that hit " + hit);
        String name = "hits " + hit + ", ";
        for (int i = 0; i < WARM_UP; i++) {
            trials.run(systems.get(i % systems.size()), hit, null);
        }
        List<OutageTrials.Trial> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            OutageTrials.Trial trial = trials.run(systems.get(i % systems.size()), hit, null);
            all.add(trial);
            System.out.printf("  %d of %d: %.0f ms%n", i + 1, number, trial.millis());
        }
        results.figure(
                name + "latency: ms",
                Percentiles.of(all.stream().map(OutageTrials.Trial::millis).toList()));
        OutageTrials.reportRecords(name, hit, all, results);
        if (hops > 0) {
            timeHops(trials, hit, systems, testbed, results);
        }
    }

    private void timeHops(OutageTrials trials, int hit, List<ServiceGroup> systems, Testbed testbed, Results results)
            throws Exception {
        Map<String, List<Double>> steps = new LinkedHashMap<>();
        List<Double> transactions = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        try (HopTimer timer = new HopTimer(PREFIX, testbed.client())) {
            for (int i = 0; i < hops; i++) {
                OutageTrials.Trial trial = trials.run(systems.get(i % systems.size()), hit, timer);
                trial.hops()
                        .forEach((step, millis) -> steps.computeIfAbsent(step, s -> new ArrayList<>())
                                .add(millis));
                transactions.add(trial.hops().entrySet().stream()
                        .filter(step -> step.getKey().endsWith("transaction"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum());
                whole.add(trial.millis());
            }
        }
        String name = "hits " + hit + ", hops timed, ";
        results.figure(name + "latency: ms", Percentiles.of(whole));
        steps.forEach((step, millis) -> results.figure(name + step + ": ms", Percentiles.of(millis)));
        results.figure(name + "all transactions: ms", Percentiles.of(transactions));
    }
}
