package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.schemas.Topics;

/** The series with a steady load on a real broker: CPU of the app's processes and events a second. */
final class SteadyState {

    private static final String PREFIX = "bench.";
    private static final int HALF = 2;
    private static final int ONE_IN_TWENTY = 20;
    /** After fewer events the JVM of an instance is still busy compiling. */
    private static final int WARM_UP_EACH = 300_000;

    private final Series series;
    private final int events;
    private final long seed;

    /** @param cpuSeconds of all instances together */
    private record Lap(double seconds, double cpuSeconds) {}

    /** @param events measured at each point, after a warm-up with at least as many */
    SteadyState(Series series, int events, long seed) {
        this.series = series;
        this.events = events;
        this.seed = seed;
    }

    void measure(List<Integer> steps, int rounds, Results results) throws Exception {
        results.setting("events measured", events);
        results.setting("events to warm up, for each instance", warmUp(1));
        results.setting("seed", seed);
        List<GrowthPoint> points = steps.stream().map(series::point).toList();
        Map<GrowthPoint, List<Lap>> laps = new LinkedHashMap<>();
        points.forEach(point -> laps.put(point, new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (GrowthPoint point : RoundOrder.of(points, seed, round)) {
                System.out.println("round " + round + " of " + rounds + ": " + point.name());
                laps.get(point).add(run(point));
            }
        }
        laps.forEach((point, all) -> {
            results.figure(point.name() + ": CPU us an event", Spread.of(all, lap -> lap.cpuSeconds * 1e6 / events));
            results.figure(point.name() + ": events a second", Spread.of(all, lap -> events / lap.seconds));
        });
    }

    private int warmUp(int instances) {
        return Math.max(events, WARM_UP_EACH * instances);
    }

    /** On a broker of its own, so that the topics of one point do not burden the next. */
    private Lap run(GrowthPoint point) throws Exception {
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            List<AppProcess> apps = new ArrayList<>();
            try (Estate estate = Estate.simulated(PREFIX, testbed.client());
                    CountsReader counts = new CountsReader(PREFIX, testbed.client())) {
                ServiceGroup hit = new ServiceGroup("hit", Math.max(1, point.outages()), 60);
                SteadyLoad load = new SteadyLoad(
                        estate,
                        hit,
                        new ServiceGroup("others", 1, 60),
                        point.outages() == 0 && series != Series.OUTAGES ? ONE_IN_TWENTY : HALF,
                        seed);
                for (int i = 0; i < point.instances(); i++) {
                    apps.add(AppProcess.start(
                            AppSettings.replay(PREFIX, testbed.folder("app" + i), point.threads()), testbed.client()));
                }
                for (AppProcess app : apps) {
                    app.awaitRunning();
                }
                estate.open(load.groups());
                awaitIdle(apps);
                load.book(point.appointments());
                awaitIdle(apps);
                if (point.outages() > 0) {
                    estate.takeDown(hit);
                    load.whileDown().await(counts);
                    awaitIdle(apps);
                }
                load.batch(warmUp(point.instances()));
                awaitIdle(apps);
                Lap lap = measure(load, testbed, apps);
                awaitIdle(apps);
                if (point.outages() == 0) {
                    // Without an outage there is nothing to count.
                    estate.takeDown(hit);
                }
                ExpectedCounts expected = load.whileDown();
                expected.await(counts);
                System.out.println("  exact: " + expected);
                return lap;
            } finally {
                apps.forEach(AppProcess::close);
            }
        }
    }

    private Lap measure(SteadyLoad load, Testbed testbed, List<AppProcess> apps) throws Exception {
        double cpu = cpuSeconds(apps);
        Elapsed elapsed = new Elapsed();
        load.batch(events);
        try (GroupOffsets offsets =
                new GroupOffsets(testbed.client(), AppSettings.group(PREFIX), Topics.APPOINTMENTS.name(PREFIX))) {
            // Counts pass through a further topic; that is work of these events too.
            while (!offsets.isCommitted() || !offsets.isDrained()) {
                Thread.sleep(5);
            }
        }
        Lap lap = new Lap(elapsed.seconds(), cpuSeconds(apps) - cpu);
        System.out.printf(
                Locale.ROOT,
                "  %,.0f events a second, CPU %.1f us an event%n",
                events / lap.seconds,
                lap.cpuSeconds * 1e6 / events);
        return lap;
    }

    private static double cpuSeconds(List<AppProcess> apps) {
        return apps.stream().mapToDouble(AppProcess::cpuSeconds).sum();
    }

    private static void awaitIdle(List<AppProcess> apps) throws Exception {
        for (AppProcess app : apps) {
            app.awaitIdle();
        }
    }
}
