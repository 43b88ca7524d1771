package org.knockon.benchmarks.wall;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.WarRoomProcess;
import org.knockon.impact.model.SystemStatus;
import org.knockon.warroom.serve.WarRoom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From an observation to the number on the wall, by the wall clock. */
@Command(
        name = "wall-latency",
        description = {
            "From the acknowledged observation of an outage to the number in a real browser, live, and where the time goes.",
            "Needs Chromium. The app has its own JVM; war room and browser share this machine with everything else."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench wall-latency --times 200 --hit 1000"})
public final class WallLatencyCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final int SYSTEMS = 10;
    private static final int PAUSE_MILLIS = 700;
    /** Keeps the outages out of step with the timers on the way. */
    private static final int JITTER_MILLIS = 1_000;

    private final Random random = new Random(1);
    private final ServiceGroup others = new ServiceGroup("others", 1, 80);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Appointments booked before. Default: ${DEFAULT-VALUE}.",
            defaultValue = "200000")
    private int appointments;

    @Option(
            names = "--hit",
            paramLabel = "N",
            description = "Appointments that each outage hits. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int hit;

    @Option(names = "--times", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "200")
    private int times;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = {
                "Further outages whose steps are timed, by readers that cost time themselves;",
                "they do not count for the latency. Default: ${DEFAULT-VALUE}."
            },
            defaultValue = "20")
    private int steps;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "The app's commit interval, milliseconds. Default: the app's own.")
    private Integer commitInterval;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("appointments hit", hit);
        results.setting("outages", times);
        results.setting("outages with steps watched", steps);
        results.setting("commit interval, ms", commitInterval == null ? "the app's own" : commitInterval);
        results.setting("clock", "live");
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            Map<String, Object> client = new HashMap<>(testbed.client());
            if (commitInterval != null) {
                client.put("commit.interval.ms", commitInterval);
            }
            List<ServiceGroup> systems = IntStream.range(0, SYSTEMS)
                    .mapToObj(i -> new ServiceGroup("hit-" + i, 1, 4))
                    .toList();
            try (Estate estate = Estate.live(PREFIX, testbed.client());
                    AppProcess app = AppProcess.start(AppSettings.live(PREFIX, testbed.folder("app"), 2), client)) {
                book(estate, systems);
                app.awaitRunning();
                awaitBooked(estate, systems.get(0), testbed);
                try (WarRoom warRoom = WarRoom.start(
                                WarRoomProcess.settings(PREFIX, testbed.client()), System::currentTimeMillis);
                        WallPage page = WallPage.open(warRoom.address())) {
                    for (ServiceGroup system : systems) {
                        run(estate, system, page, null);
                    }
                    measureLatency(estate, systems, page, results);
                    URI stream = URI.create(warRoom.address()).resolve("/api/v1/stream");
                    try (LatencyTrace trace = new LatencyTrace(PREFIX, testbed.client(), stream)) {
                        measureSteps(estate, systems, page, trace, results);
                    }
                }
            }
        }
        results.write(file.fileFor("wall-latency"));
        return 0;
    }

    private void book(Estate estate, List<ServiceGroup> systems) throws Exception {
        System.out.println("booking " + appointments + " appointments");
        List<ServiceGroup> all = new ArrayList<>(systems);
        all.add(others);
        estate.open(all);
        systems.forEach(system -> estate.book(system, 0, hit));
        estate.book(others, SYSTEMS * hit, appointments);
        estate.flush();
    }

    /** The counts of an outage are exact only once all appointments have been processed. */
    private void awaitBooked(Estate estate, ServiceGroup probe, Testbed testbed) throws Exception {
        try (CountsReader counts = new CountsReader(PREFIX, testbed.client())) {
            for (ServiceGroup group : List.of(others, probe)) {
                estate.observe(group, SystemStatus.DOWN);
                new ExpectedCounts(group == others ? appointments - SYSTEMS * hit : hit, 0).await(counts);
                estate.observe(group, SystemStatus.UP);
                ExpectedCounts.NOTHING.await(counts);
            }
        }
    }

    /**
     * Moments of one outage, epoch milliseconds.
     *
     * @param first when the number changed at all
     * @param exact when it was right
     */
    private record Trial(long acknowledged, long first, long exact) {}

    /** @param trace null if the steps are not to be timed */
    private Trial run(Estate estate, ServiceGroup system, WallPage page, LatencyTrace trace) throws Exception {
        pause();
        page.takeChanges();
        if (trace != null) {
            trace.expect(hit);
        }
        estate.observe(system, SystemStatus.DOWN);
        long acknowledged = System.currentTimeMillis();
        page.awaitNumber(hit);
        List<WallPage.Change> changes = page.takeChanges();
        Trial trial = new Trial(
                acknowledged,
                changes.get(0).at(),
                changes.get(changes.size() - 1).at());
        pause();
        if (!page.takeChanges().isEmpty()) {
            throw new IllegalStateException("the number changed again, so this run does not count");
        }
        estate.observe(system, SystemStatus.UP);
        page.awaitNumber(0);
        return trial;
    }

    private void measureLatency(Estate estate, List<ServiceGroup> systems, WallPage page, Results results)
            throws Exception {
        List<Trial> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Trial trial = run(estate, systems.get(i % SYSTEMS), page, null);
            all.add(trial);
            System.out.printf("  %d of %d: %d ms%n", i + 1, times, trial.exact - trial.acknowledged);
        }
        results.figure("observation to the exact number on the wall: ms", millis(all, Trial::exact));
        results.figure("observation to its first change: ms", millis(all, Trial::first));
    }

    private static Percentiles millis(List<Trial> all, ToLongFunction<Trial> moment) {
        return Percentiles.of(all.stream()
                .map(trial -> (double) (moment.applyAsLong(trial) - trial.acknowledged))
                .toList());
    }

    private void measureSteps(
            Estate estate, List<ServiceGroup> systems, WallPage page, LatencyTrace trace, Results results)
            throws Exception {
        String[] names = {"the outage is committed", "exact counts are committed", "the stream has them", "the page"};
        Map<String, List<Double>> lengths = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            Trial trial = run(estate, systems.get(i % SYSTEMS), page, trace);
            long[] moments = {trial.acknowledged, trace.outageAt(), trace.countedAt(), trace.streamedAt(), trial.exact};
            for (int step = 0; step < names.length; step++) {
                lengths.computeIfAbsent(names[step], name -> new ArrayList<>())
                        .add((double) (moments[step + 1] - moments[step]));
            }
        }
        lengths.forEach(
                (step, millis) -> results.figure("steps watched, until " + step + ": ms", Percentiles.of(millis)));
    }

    private void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
    }
}
