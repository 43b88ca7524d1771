package org.knockon.benchmarks.growth;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.schemas.Topics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The same events on top of more and more. */
@Command(
        name = "growth",
        description = {
            "appointments, outages, threads, instances: CPU an event and events a second in the steady state, with more and",
            "more there already; each point in fresh JVMs, warmed up by as many events as are measured.",
            "The others: more and more of one input that could cost everybody: CPU of all of it and of the longest call, without",
            "a broker; large-catalogue on a real one, from the last record to the last count."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench growth --series outages --rounds 3",
            "  ./bench growth --series snapshots --steps 250,500,1000,2000"
        })
public final class GrowthCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int HALF = 2;
    private static final int ONE_IN_TWENTY = 20;

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
                    "Points of the series. Default: appointments 10000,100000,1000000,4000000; outages 0,1,5,10,100,1000; threads and instances 1,2,4; the others a tenth of their goal and the goal.")
    private List<Integer> steps = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Measured at each point; half book, half change what is booked. Default: ${DEFAULT-VALUE}.",
            defaultValue = "200000")
    private int events;

    @Option(
            names = "--most-appointments",
            paramLabel = "N",
            description =
                    "Leaves out larger points, and starts the other series with no more. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4000000")
    private int largest;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: benchmarks/results/growth-SERIES.json.")
    private Path file;

    /** @param cpuSeconds of all instances together */
    private record Lap(double seconds, double cpuSeconds) {}

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("series", series.toString());
        results.setting("rounds", rounds);
        if (series.isSteadyState()) {
            steadyState(results);
        } else if (series.input().isPresent()) {
            InputGrowth.measure(series.counted(), series.input().orElseThrow(), series.sizes(steps), rounds, results);
        } else {
            largeCatalogue(results);
        }
        results.write(file != null ? file : Path.of("benchmarks/results/growth-" + series + ".json"));
        return 0;
    }

    private void largeCatalogue(Results results) throws Exception {
        results.setting("services and appointments", "two for five systems");
        results.setting("app threads", 2);
        for (int size : series.sizes(steps)) {
            List<LargeCatalogue.Lap> laps = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                System.out.printf(Locale.ROOT, "round %d of %d: %,d %s%n", round, rounds, size, series.counted());
                laps.add(LargeCatalogue.lap(size));
            }
            String subject = String.format(Locale.ROOT, "%,d %s: ", size, series.counted());
            results.figure(
                    subject + "from the last record to the outage counted, s", Spread.of(laps, lap -> lap.fromLast()));
            results.figure(
                    subject + "from the first record to the outage counted, s",
                    Spread.of(laps, lap -> lap.fromFirst()));
            results.figure(subject + "CPU of the app, s", Spread.of(laps, lap -> lap.cpuSeconds()));
        }
    }

    private void steadyState(Results results) throws Exception {
        List<GrowthPoint> cases = series.cases(steps, largest);
        results.setting("events measured", events);
        results.setting("events to warm up", events);
        results.setting("seed", seed);
        Map<GrowthPoint, List<Lap>> laps = new LinkedHashMap<>();
        cases.forEach(one -> laps.put(one, new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (GrowthPoint one : RoundOrder.of(cases, seed, round)) {
                System.out.println("round " + round + " of " + rounds + ": " + one.name());
                laps.get(one).add(run(one));
            }
        }
        laps.forEach((one, all) -> {
            results.figure(one.name() + ": CPU us an event", Spread.of(all, lap -> lap.cpuSeconds * 1e6 / events));
            results.figure(one.name() + ": events a second", Spread.of(all, lap -> events / lap.seconds));
        });
    }

    /** On a broker of its own, lest the topics of one point weigh on the next. */
    private Lap run(GrowthPoint one) throws Exception {
        String prefix = "bench.";
        try (Testbed stage = Testbed.open()) {
            stage.createTopics(prefix);
            List<AppProcess> apps = new ArrayList<>();
            try (Estate estate = new Estate(prefix, stage.client());
                    CountsReader counts = new CountsReader(prefix, stage.client())) {
                SteadyLoad load = new SteadyLoad(
                        estate,
                        new ServiceGroup("hit", Math.max(1, one.outages()), 60),
                        new ServiceGroup("others", 1, 60),
                        one.outages() == 0 && series != Series.OUTAGES ? ONE_IN_TWENTY : HALF,
                        seed);
                for (int i = 0; i < one.instances(); i++) {
                    apps.add(AppProcess.start(
                            Testbed.settings(prefix, stage.folder("app" + i), one.threads()), stage.client()));
                }
                for (AppProcess app : apps) {
                    app.awaitRunning();
                }
                estate.open(load.groups());
                awaitQuiet(apps);
                load.book(one.appointments());
                awaitQuiet(apps);
                if (one.outages() > 0) {
                    estate.takeDown(load.groups().get(0));
                    load.whileDown().await(counts, LONGEST);
                    awaitQuiet(apps);
                }
                load.batch(events);
                awaitQuiet(apps);
                Lap lap = measure(load, stage, prefix, apps);
                awaitQuiet(apps);
                count(one, load, estate, counts);
                return lap;
            } finally {
                apps.forEach(AppProcess::close);
            }
        }
    }

    private Lap measure(SteadyLoad load, Testbed stage, String prefix, List<AppProcess> apps) throws Exception {
        double cpu = cpuSeconds(apps);
        long began = System.nanoTime();
        load.batch(events);
        try (GroupOffsets offsets = new GroupOffsets(stage.client(), Testbed.group(prefix), Topics.APPOINTMENTS.name(prefix))) {
            // CountsReader go through a topic between: what the appointments left there is work of theirs, too.
            while (!offsets.committed() || !offsets.drained()) {
                Thread.sleep(5);
            }
        }
        Lap lap = new Lap((System.nanoTime() - began) / 1e9, cpuSeconds(apps) - cpu);
        System.out.printf(
                Locale.ROOT,
                "  %,.0f events a second, CPU %.1f us an event%n",
                events / lap.seconds,
                lap.cpuSeconds * 1e6 / events);
        return lap;
    }

    /** Without an outage there is nothing to see, so one is made. */
    private static void count(GrowthPoint one, SteadyLoad load, Estate estate, CountsReader counts) throws Exception {
        if (one.outages() == 0) {
            estate.takeDown(load.groups().get(0));
        }
        ExpectedCounts expected = load.whileDown();
        expected.await(counts, LONGEST);
        System.out.println("  counts right: " + expected);
    }

    private static double cpuSeconds(List<AppProcess> apps) {
        return apps.stream().mapToDouble(AppProcess::cpuSeconds).sum();
    }

    private static void awaitQuiet(List<AppProcess> apps) throws Exception {
        for (AppProcess app : apps) {
            app.awaitQuiet();
        }
    }
}
