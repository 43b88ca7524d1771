package org.knockon.benchmarks.wall;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.Timetable;
import org.knockon.impact.model.SystemStatus;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From an observation to the number on the wall, by the wall clock. */
@Command(
        name = "wall-latency",
        description = {
            "From the acknowledged observation of an outage to the number in a real browser, live; and where the time goes.",
            "Needs Chromium. The app has a JVM of its own; war room and browser share this machine with all the rest."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench wall-latency --times 200 --hit 1000"})
public final class WallLatencyCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final int SYSTEMS = 10;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 700;
    /** Of the pauses, lest the outages fall into step with the timers on the way. */
    private static final int JITTER_MILLIS = 1_000;

    private final Random random = new Random(1);
    private final ServiceGroup others = new ServiceGroup("others", 1, 80);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "How many are booked before. Default: ${DEFAULT-VALUE}.",
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
                "Further outages whose way is watched, with readers that cost time themselves;",
                "they do not count for the latency. Default: ${DEFAULT-VALUE}."
            },
            defaultValue = "20")
    private int steps;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "Milliseconds between two commits of the app. Default: its own.")
    private Integer commitInterval;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/wall-latency.json")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("appointments hit", hit);
        results.setting("outages", times);
        results.setting("outages with steps watched", steps);
        results.setting("commit interval, ms", commitInterval == null ? "the app's own" : commitInterval);
        results.setting("clock", "live");
        try (Testbed stage = Testbed.open()) {
            stage.createTopics(PREFIX);
            Map<String, Object> client = new HashMap<>(stage.client());
            if (commitInterval != null) {
                client.put("commit.interval.ms", commitInterval);
            }
            List<ServiceGroup> systems = Stream.iterate(0, i -> i + 1)
                    .limit(SYSTEMS)
                    .map(i -> new ServiceGroup("hit-" + i, 1, 4))
                    .toList();
            try (Estate estate = new Estate(PREFIX, stage.client(), Timetable.live());
                    AppProcess app = AppProcess.start(Testbed.liveSettings(PREFIX, stage.folder("app"), 2), client)) {
                book(estate, systems);
                app.awaitRunning();
                awaitBooked(estate, systems.get(0), stage);
                try (WarRoom warRoom = WarRoom.start(settings(stage), System::currentTimeMillis);
                        WallPage page = WallPage.open(warRoom.address())) {
                    for (int i = 0; i < SYSTEMS; i++) {
                        one(estate, systems.get(i), page, null);
                    }
                    latency(estate, systems, page, results);
                    try (LatencyTrace way = new LatencyTrace(
                            PREFIX,
                            stage.client(),
                            URI.create(warRoom.address()).resolve("/api/v1/stream"))) {
                        steps(estate, systems, page, way, results);
                    }
                }
            }
        }
        results.write(file);
        return 0;
    }

    private static WarRoomSettings settings(Testbed stage) {
        return new WarRoomSettings(
                stage.client(),
                PREFIX,
                Testbed.group(PREFIX),
                ZoneId.of("Europe/London"),
                "127.0.0.1",
                0,
                Optional.empty());
    }

    private void book(Estate estate, List<ServiceGroup> systems) throws Exception {
        System.out.println("booking " + appointments + " appointments");
        List<ServiceGroup> all = new ArrayList<>(systems);
        all.add(others);
        estate.open(all);
        for (ServiceGroup system : systems) {
            for (int i = 0; i < hit; i++) {
                estate.book(system, i);
            }
        }
        for (int i = SYSTEMS * hit; i < appointments; i++) {
            estate.book(others, i);
        }
        estate.flush();
    }

    /** The counts of an outage are exact only once all appointments have been taken in. */
    private void awaitBooked(Estate estate, ServiceGroup probe, Testbed stage) throws Exception {
        try (CountsReader counts = new CountsReader(PREFIX, stage.client())) {
            for (ServiceGroup group : List.of(others, probe)) {
                estate.observe(group, SystemStatus.DOWN);
                new ExpectedCounts(group == others ? appointments - SYSTEMS * hit : hit, 0).await(counts, LONGEST);
                estate.observe(group, SystemStatus.UP);
                ExpectedCounts.NOTHING.await(counts, LONGEST);
            }
        }
    }

    /** @param acknowledged epoch milliseconds @param first when the headline changed at all @param exact when it was right */
    private record Seen(long acknowledged, long first, long exact) {}

    private Seen one(Estate estate, ServiceGroup system, WallPage page, LatencyTrace way) throws Exception {
        pause();
        page.takeChanges();
        if (way != null) {
            way.expect(hit);
        }
        estate.observe(system, SystemStatus.DOWN);
        long acknowledged = System.currentTimeMillis();
        page.awaitNumber(hit);
        List<WallPage.Change> changes = page.takeChanges();
        Seen seen = new Seen(
                acknowledged,
                changes.get(0).at(),
                changes.get(changes.size() - 1).at());
        pause();
        if (!page.takeChanges().isEmpty()) {
            throw new IllegalStateException("the number changed again, so this run does not count");
        }
        estate.observe(system, SystemStatus.UP);
        page.awaitNumber(0);
        return seen;
    }

    private void latency(Estate estate, List<ServiceGroup> systems, WallPage page, Results results) throws Exception {
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Seen seen = one(estate, systems.get(i % SYSTEMS), page, null);
            all.add(seen);
            System.out.printf("  %d of %d: %d ms%n", i + 1, times, seen.exact - seen.acknowledged);
        }
        results.figure("observation to the exact number on the wall: ms", millis(all, Seen::exact));
        results.figure("observation to its first change: ms", millis(all, Seen::first));
    }

    private interface Moment {
        long of(Seen seen);
    }

    private static Percentiles millis(List<Seen> all, Moment moment) {
        return Percentiles.of(all.stream()
                .map(seen -> (double) (moment.of(seen) - seen.acknowledged))
                .toList());
    }

    private void steps(Estate estate, List<ServiceGroup> systems, WallPage page, LatencyTrace way, Results results) throws Exception {
        Map<String, List<Double>> lasted = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            Seen seen = one(estate, systems.get(i % SYSTEMS), page, way);
            long[] moments = {seen.acknowledged, way.outage(), way.counted(), way.streamed(), seen.exact};
            String[] names = {"the outage is committed", "exact counts are committed", "the stream has them", "the page"
            };
            for (int step = 0; step < names.length; step++) {
                lasted.computeIfAbsent(names[step], name -> new ArrayList<>())
                        .add((double) (moments[step + 1] - moments[step]));
            }
        }
        lasted.forEach(
                (step, millis) -> results.figure("steps watched, until " + step + ": ms", Percentiles.of(millis)));
    }

    private void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
    }
}
