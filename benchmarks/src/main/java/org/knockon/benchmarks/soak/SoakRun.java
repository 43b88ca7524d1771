package org.knockon.benchmarks.soak;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.benchmarks.harness.WarRoomProcess;
import org.knockon.schemas.Topics;

/** One run, from the start of the broker to the results. */
final class SoakRun {

    static final String PREFIX = "bench.";

    private static final Path LOGS = Path.of("benchmarks", "target", "soak");
    private static final int GROUPS = 20;
    private static final int SERVICES = 6;
    private static final int SAMPLES = 30;
    /** Small, so that it is full before the judged part begins: unwritten records fill a larger one for hours. */
    private static final long ROCKSDB_MIB = 64;

    private static final int THREADS = 2;
    private static final double BROKER_RESTART_AT = 0.4;
    private static final double REGISTRY_RESTART_AT = 0.6;

    /** As the options of {@link SoakCommand}. */
    record Options(Duration duration, int appointments, int rate, int badOneIn, long seed) {}

    private final Options options;
    private volatile AppProcess running;

    SoakRun(Options options) {
        this.options = options;
    }

    /** Kills the app, so that a thread that waits for its reply goes on. */
    void kill() throws InterruptedException {
        AppProcess app = running;
        if (app != null) {
            app.kill();
        }
    }

    /** @return whether everything held */
    boolean run(Path file) throws Exception {
        Results results = new Results();
        describe(results);
        Files.createDirectories(LOGS);
        List<ServiceGroup> groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> new ServiceGroup("ward-" + i, 1, SERVICES))
                .toList();
        Path appLog = Files.writeString(LOGS.resolve("app.log"), "");
        Path warRoomLog = Files.writeString(LOGS.resolve("war-room.log"), "");
        boolean held;
        try (Testbed testbed = Testbed.startForRestarts()) {
            testbed.createTopics(PREFIX);
            Path stateDir = testbed.folder("app");
            Map<String, Object> client = testbed.client();
            Estate estate = Estate.live(PREFIX, client);
            AppointmentBook book = new AppointmentBook(
                    options.appointments,
                    groups.stream()
                            .flatMap(group -> group.serviceIds().stream())
                            .toList(),
                    estate.opens());
            String system = groups.get(0).systemIds().get(0);
            try (OutageSchedule outages = new OutageSchedule(estate, groups, outageEveryMillis());
                    AppProcess app =
                            AppProcess.startForSoak(appSettings(stateDir), client, Redirect.appendTo(appLog.toFile()));
                    WarRoomProcess warRoom =
                            WarRoomProcess.start(PREFIX, client, Redirect.appendTo(warRoomLog.toFile()));
                    StreamClient stream = new StreamClient(warRoom.address());
                    UpdateWriter writer =
                            new UpdateWriter(PREFIX, client, book, system, options.badOneIn, options.seed);
                    TopicReader deadLetters = TopicReader.committed(client, Topics.DEAD_LETTERS.name(PREFIX))) {
                running = app;
                app.awaitRunning();
                System.out.printf("booking %,d appointments; logs are in %s%n", options.appointments, LOGS);
                outages.begin();
                writer.bookAll();
                app.awaitIdle();
                MeasuredCurves curves = new MeasuredCurves(Math.min(5, options.duration.toSeconds() / 60.0 / 6));
                try (GroupOffsets offsets =
                        new GroupOffsets(client, AppSettings.group(PREFIX), Topics.APPOINTMENTS.name(PREFIX))) {
                    Sampler sampler =
                            new Sampler(testbed, stateDir, appLog, app, warRoom, writer, deadLetters, offsets, curves);
                    update(testbed, writer, sampler, results);
                    results.figure("load: outages", outages.begun());
                    System.out.println("waiting until the app has processed everything");
                    Elapsed rest = new Elapsed();
                    outages.stayDown();
                    app.awaitIdle();
                    results.figure("app: at rest after the last record, s", rest.roundedSeconds());
                    held = curves.judge(results);
                    held &= SoakChecks.deadLetters(sampler, writer, results);
                    held &= SoakChecks.counts(client, outages, groups, book, results);
                    results.figure("war room: events on one stream", stream.events());
                    results.figure("war room: connections of that stream", stream.connections());
                }
            }
        }
        results.verdict("all of it", held ? "held" : "DID NOT HOLD");
        results.write(file);
        return held;
    }

    private void describe(Results results) {
        results.setting("duration", options.duration.toString());
        results.setting("appointments", options.appointments);
        results.setting("records wanted a second", options.rate);
        results.setting("one bad in", options.badOneIn + ", " + BadRecords.kinds() + " kinds in turn");
        results.setting("outages", "one group of " + GROUPS + " at a time, half of the time");
        results.setting("clock", "live");
        results.setting("heap", "app 1024 MiB, war room 512 MiB, serial collector");
        results.setting("rocksdb.memory", ROCKSDB_MIB + " MiB");
        results.setting("app threads", THREADS);
        results.setting("seed", options.seed);
        results.setting(
                "judged", "after the first 5 minutes, or a sixth of a shorter run; the war room keeps nothing on disk");
    }

    /** Every two minutes; in a shorter run, ten times. */
    private static Map<String, String> appSettings(Path stateDir) {
        Map<String, String> settings = AppSettings.live(PREFIX, stateDir, THREADS);
        settings.put("rocksdb.memory", Long.toString(ROCKSDB_MIB << 20));
        return settings;
    }

    private long outageEveryMillis() {
        return Math.max(10_000, Math.min(Duration.ofMinutes(2).toMillis(), options.duration.toMillis() / 10));
    }

    /** Writes updates, restarts broker and registry, and samples. Returns once the last update is acknowledged. */
    private void update(Testbed testbed, UpdateWriter writer, Sampler sampler, Results results) throws Exception {
        long everyMillis = Math.max(10_000, Math.min(60_000, options.duration.toMillis() / SAMPLES));
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "soak");
            thread.setDaemon(true);
            return thread;
        });
        long before = writer.acknowledged();
        Elapsed elapsed = new Elapsed();
        try {
            Future<?> restarts = threads.submit(() -> restart(testbed, results));
            Future<?> updates = threads.submit(() -> {
                writer.update(options.rate, options.duration);
                return null;
            });
            sampler.sample();
            for (long next = everyMillis; !updates.isDone(); next += everyMillis) {
                if (isDoneWithin(updates, next - (long) elapsed.millis())) {
                    break;
                }
                sampler.sample();
            }
            updates.get();
            restarts.get();
            double seconds = elapsed.seconds();
            sampler.sample();
            long sent = writer.acknowledged() - before;
            results.figure("load: records", sent);
            results.figure("load: records a second over the whole run", Math.round(sent / seconds));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            writer.stop();
            threads.shutdownNow();
        }
    }

    private static boolean isDoneWithin(Future<?> work, long millis) throws ExecutionException, InterruptedException {
        try {
            work.get(Math.max(1, millis), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private Void restart(Testbed testbed, Results results) throws InterruptedException {
        Elapsed elapsed = new Elapsed();
        sleepUntil(elapsed, BROKER_RESTART_AT);
        System.out.println("  restarting the broker");
        Elapsed down = new Elapsed();
        testbed.sandbox().restartBroker();
        results.figure("broker: away, s", down.roundedSeconds());
        sleepUntil(elapsed, REGISTRY_RESTART_AT);
        System.out.println("  restarting the registry");
        down = new Elapsed();
        testbed.sandbox().restartRegistry();
        results.figure("registry: away, s", down.roundedSeconds());
        return null;
    }

    private void sleepUntil(Elapsed elapsed, double share) throws InterruptedException {
        Thread.sleep(Math.max(0, (long) (options.duration.toMillis() * share - elapsed.millis())));
    }
}
