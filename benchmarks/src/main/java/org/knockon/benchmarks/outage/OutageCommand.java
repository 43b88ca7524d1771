package org.knockon.benchmarks.outage;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** OutageTrials of known size, again and again, among many more appointments than they hit. */
@Command(
        name = "outage",
        description = {
            "From the acknowledged observation that confirms an outage to exact counts seen by a reader of committed records;",
            "how much of it is transactions; and how many records an outage costs."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench outage --appointments 200000 --hits 1000,100000 --times 50,5"})
public final class OutageCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final int MOST_SYSTEMS = 10;

    private final ServiceGroup others = new ServiceGroup("others", 1, 80);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "How many are booked before. Default: ${DEFAULT-VALUE}.",
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
            names = "--warm-up",
            paramLabel = "N",
            description = "Outages of each size before that do not count. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int warmUp;

    @Option(
            names = "--hops",
            paramLabel = "N",
            description = {
                "Further outages of each size, with two readers more that time each hop;",
                "they do not count for the latency. Default: ${DEFAULT-VALUE}."
            },
            defaultValue = "10")
    private int hops;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "Milliseconds between two commits of the app. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int commitInterval;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/outage.json")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Map<Integer, List<ServiceGroup>> sizes = sizes();
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("hits", hits);
        results.setting("times", times);
        results.setting("warm-up", warmUp);
        results.setting("outages with hops timed", hops);
        results.setting("commit interval, ms", commitInterval);
        results.setting("clock", "replay");
        results.setting("seed", seed);
        try (Testbed stage = Testbed.open()) {
            stage.createTopics(PREFIX);
            Map<String, Object> client = new HashMap<>(stage.client());
            client.put("commit.interval.ms", commitInterval);
            try (Estate estate = new Estate(PREFIX, stage.client());
                    KnockonStreams app = KnockonStreams.start(
                            StreamsAppSettings.parse(Testbed.settings(PREFIX, stage.folder("app"), 2), client))) {
                open(estate, sizes);
                requireQuiet(app);
                book(estate, sizes);
                requireQuiet(app);
                try (CountsReader counts = new CountsReader(PREFIX, stage.client());
                        WrittenRecords ledger = new WrittenRecords(PREFIX, stage.client())) {
                    OutageTrials outages = new OutageTrials(estate, app, counts, ledger, new Random(seed));
                    for (int i = 0; i < hits.size(); i++) {
                        measure(outages, hits.get(i), times.get(i), sizes.get(hits.get(i)), stage, results);
                    }
                }
            }
        }
        results.write(file);
        return 0;
    }

    /** A system for each outage of a size where there are appointments enough; they take turns otherwise, recovered in between. */
    private Map<Integer, List<ServiceGroup>> sizes() {
        if (hits.size() != times.size()) {
            throw new ParameterException(spec.commandLine(), "--hits and --times must have the same length");
        }
        Map<Integer, List<ServiceGroup>> sizes = new LinkedHashMap<>();
        for (int hit : hits) {
            int systems = (int) Math.max(1, Math.min(MOST_SYSTEMS, appointments / 4L / hit));
            sizes.put(
                    hit,
                    Stream.iterate(0, i -> i + 1)
                            .limit(systems)
                            .map(i -> new ServiceGroup("hit-" + hit + "-" + i, 1, hit < 10_000 ? 4 : 20))
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

    private static void requireQuiet(KnockonStreams app) throws InterruptedException {
        if (!app.awaitQuiet(OutageTrials.LONGEST)) {
            throw new IllegalStateException("the app has not come to rest");
        }
    }

    private void open(Estate estate, Map<Integer, List<ServiceGroup>> sizes) throws Exception {
        List<ServiceGroup> all = new ArrayList<>(List.of(others));
        sizes.values().forEach(all::addAll);
        estate.open(all);
    }

    private void book(Estate estate, Map<Integer, List<ServiceGroup>> sizes) throws Exception {
        System.out.println("booking " + appointments + " appointments");
        for (int i = 0; i < rest(sizes); i++) {
            estate.book(others, i);
        }
        sizes.forEach((hit, groups) -> groups.forEach(group -> {
            for (int i = 0; i < hit; i++) {
                estate.book(group, i);
            }
        }));
        estate.flush();
    }

    private void measure(OutageTrials outages, int hit, int often, List<ServiceGroup> systems, Testbed stage, Results results)
            throws Exception {
        System.out.println("outages that hit " + hit);
        String name = "hits " + hit + ", ";
        for (int i = 0; i < warmUp; i++) {
            outages.one(systems.get(i % systems.size()), hit, null);
        }
        List<OutageTrials.Seen> seen = new ArrayList<>();
        for (int i = 0; i < often; i++) {
            OutageTrials.Seen one = outages.one(systems.get(i % systems.size()), hit, null);
            seen.add(one);
            System.out.printf("  %d of %d: %.0f ms%n", i + 1, often, one.millis());
        }
        results.figure(
                name + "latency: ms",
                Percentiles.of(seen.stream().map(OutageTrials.Seen::millis).toList()));
        OutageTrials.records(name, hit, seen, results);
        if (hops > 0) {
            timeHops(outages, hit, systems, stage, results);
        }
    }

    private void timeHops(OutageTrials outages, int hit, List<ServiceGroup> systems, Testbed stage, Results results)
            throws Exception {
        Map<String, List<Double>> steps = new LinkedHashMap<>();
        List<Double> transactions = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        try (HopTimer timer = new HopTimer(PREFIX, stage.client())) {
            for (int i = 0; i < hops; i++) {
                OutageTrials.Seen one = outages.one(systems.get(i % systems.size()), hit, timer);
                one.steps()
                        .forEach((step, millis) -> steps.computeIfAbsent(step, s -> new ArrayList<>())
                                .add(millis));
                transactions.add(one.steps().entrySet().stream()
                        .filter(step -> step.getKey().endsWith("transaction"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum());
                whole.add(one.millis());
            }
        }
        String name = "hits " + hit + ", hops timed, ";
        results.figure(name + "latency: ms", Percentiles.of(whole));
        steps.forEach((step, millis) -> results.figure(name + step + ": ms", Percentiles.of(millis)));
        results.figure(name + "all transactions: ms", Percentiles.of(transactions));
    }
}
