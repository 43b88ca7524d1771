package org.knockon.benchmarks.soak;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CommittedReader;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.harness.Timetable;
import org.knockon.benchmarks.harness.WarRoomProcess;
import org.knockon.schemas.Topics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A long run in which nothing may grow. */
@Command(
        name = "soak",
        description = {
            "Updates a fixed number of appointments for a long time, live, with bad records, outages, and a restart of the broker and",
            "of the registry in it. Reads heap, memory, threads, files and disk of the app and of the war room all the while.",
            "Exit code 1 when something grew, a dead letter is missing or too many, or counts are wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench soak --duration PT10M --appointments 100000"})
public final class SoakCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final int GROUPS = 20;
    private static final int SERVICES = 6;
    private static final int POINTS = 30;
    private static final int THREADS = 2;
    private static final double BROKER_RESTART_AT = 0.4;
    private static final double REGISTRY_RESTART_AT = 0.6;
    private static final int DIFFERENCES_SHOWN = 10;
    private static final int READ_AGAIN = 60;

    @Option(
            names = "--duration",
            paramLabel = "ISO",
            description = "How long they are updated. Default: ${DEFAULT-VALUE}.",
            defaultValue = "PT30M")
    private Duration duration;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Booked before; no more come. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Updates wanted a second. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5000")
    private int rate;

    @Option(
            names = "--bad-one-in",
            paramLabel = "N",
            description = "One record in so many is bad. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int badOneIn;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--logs",
            paramLabel = "FOLDER",
            description = "Where the logs of the app and of the war room go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/target/soak")
    private Path logs;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/soak.json")
    private Path file;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile AppProcess running;

    @Override
    public Integer call() throws Exception {
        Thread main = Thread.currentThread();
        Thread onCtrlC = new Thread(() -> stop(main), "soak-stop");
        Runtime.getRuntime().addShutdownHook(onCtrlC);
        try {
            return run() ? 0 : 1;
        } catch (Exception e) {
            if (!stopping) {
                throw e;
            }
            System.out.println("stopped; no results are written");
            return 1;
        } finally {
            done.countDown();
        }
    }

    /** The main thread closes everything it has started; the JVM must not end before. */
    private void stop(Thread main) {
        if (done.getCount() == 0) {
            return;
        }
        stopping = true;
        main.interrupt();
        try {
            // An answer that the main thread waits for cannot be interrupted.
            AppProcess app = running;
            if (app != null) {
                app.kill();
            }
            if (!done.await(2, TimeUnit.MINUTES)) {
                System.err.println("bench: could not stop in order");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean run() throws Exception {
        Results results = new Results();
        settings(results);
        Files.createDirectories(logs);
        List<ServiceGroup> groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> new ServiceGroup("ward-" + i, 1, SERVICES))
                .toList();
        Timetable day = Timetable.live();
        AppointmentBook book = new AppointmentBook(
                appointments,
                groups.stream().flatMap(group -> group.serviceIds().stream()).toList(),
                day.opens());
        Path appLog = Files.writeString(logs.resolve("app.log"), "");
        Path warRoomLog = Files.writeString(logs.resolve("war-room.log"), "");
        boolean held;
        try (Testbed stage = Testbed.openForRestarts()) {
            stage.createTopics(PREFIX);
            Path stateDir = stage.folder("app");
            Map<String, Object> client = stage.client();
            try (AppProcess app = AppProcess.start(
                            Testbed.liveSettings(PREFIX, stateDir, THREADS),
                            client,
                            ProcessBuilder.Redirect.appendTo(appLog.toFile()));
                    WarRoomProcess warRoom = WarRoomProcess.start(
                            PREFIX, client, ProcessBuilder.Redirect.appendTo(warRoomLog.toFile()));
                    StreamClient watcher = new StreamClient(warRoom.address());
                    OutageSchedule weather = new OutageSchedule(PREFIX, client, day, groups, outageEvery());
                    UpdateWriter feeder = new UpdateWriter(
                            PREFIX, client, book, groups.get(0).systemIds().get(0), badOneIn, seed);
                    CommittedReader deadLetters = new CommittedReader(client, Topics.DEAD_LETTERS.name(PREFIX))) {
                running = app;
                app.awaitRunning();
                System.out.printf("booking %,d appointments; logs are in %s%n", appointments, logs);
                weather.begin();
                feeder.bookAll();
                app.awaitQuiet();
                MeasuredCurves curves = new MeasuredCurves(Math.min(5, duration.toSeconds() / 60.0 / 6));
                try (GroupOffsets offsets = new GroupOffsets(client, Testbed.group(PREFIX), Topics.APPOINTMENTS.name(PREFIX))) {
                    Sampler sampler =
                            new Sampler(stage, stateDir, appLog, app, warRoom, feeder, deadLetters, offsets, curves);
                    long before = feeder.acknowledged();
                    double seconds = update(stage, feeder, sampler, results);
                    long sent = feeder.acknowledged() - before;
                    results.figure("load: records", sent);
                    results.figure("load: records a second over the whole run", Math.round(sent / seconds));
                    results.figure("load: outages", weather.outages());
                    System.out.println("waiting until the app has processed everything");
                    long began = System.nanoTime();
                    weather.stayBad();
                    app.awaitQuiet();
                    results.figure("app: at rest after the last record, s", secondsSince(began));
                    held = curves.judge(results);
                    held &= deadLetters(sampler, feeder, results);
                    held &= counts(client, weather, groups, book, results);
                    results.figure("war room: events on one stream", watcher.events());
                    results.figure("war room: connections of that stream", watcher.connections());
                }
            }
        }
        results.verdict("all of it", held ? "held" : "DID NOT HOLD");
        results.write(file);
        return held;
    }

    private void settings(Results results) {
        results.setting("duration", duration.toString());
        results.setting("appointments", appointments);
        results.setting("records wanted a second", rate);
        results.setting("one bad in", badOneIn + ", " + BadRecords.kinds() + " kinds in turn");
        results.setting("outages", "one group of " + GROUPS + " at a time, half of the time");
        results.setting("clock", "live");
        results.setting("heap", "app 1024 MiB, war room 512 MiB, serial collector");
        results.setting("app threads", THREADS);
        results.setting("seed", seed);
        results.setting(
                "judged", "after the first 5 minutes, or a sixth of a shorter run; the war room keeps nothing on disk");
    }

    /** Every two minutes, or as often in a shorter run. */
    private long outageEvery() {
        return Math.max(10_000, Math.min(Duration.ofMinutes(2).toMillis(), duration.toMillis() / 10));
    }

    /** @return seconds from the first update to the acknowledged last one */
    private double update(Testbed stage, UpdateWriter feeder, Sampler sampler, Results results) throws Exception {
        long every = Math.max(10_000, Math.min(60_000, duration.toMillis() / POINTS));
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "soak");
            thread.setDaemon(true);
            return thread;
        });
        long began = System.nanoTime();
        try {
            Future<?> restarts = threads.submit(() -> restart(stage, results));
            Future<?> feeding = threads.submit(() -> {
                feeder.update(rate, duration);
                return null;
            });
            sampler.sample();
            for (long next = every; !feeding.isDone(); next += every) {
                long wait = next - (System.nanoTime() - began) / 1_000_000;
                if (awaits(feeding, wait)) {
                    break;
                }
                sampler.sample();
            }
            feeding.get();
            restarts.get();
            double seconds = secondsSince(began);
            sampler.sample();
            return seconds;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run broke off: " + e.getCause().getMessage(), e.getCause());
        } finally {
            feeder.stop();
            threads.shutdownNow();
        }
    }

    private static boolean awaits(Future<?> work, long millis) throws Exception {
        try {
            work.get(Math.max(1, millis), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private Void restart(Testbed stage, Results results) throws InterruptedException {
        long began = System.nanoTime();
        sleepUntil(began, BROKER_RESTART_AT);
        System.out.println("  restarting the broker");
        long down = System.nanoTime();
        stage.sandbox().restartBroker();
        results.figure("broker: away, s", secondsSince(down));
        sleepUntil(began, REGISTRY_RESTART_AT);
        System.out.println("  restarting the registry");
        down = System.nanoTime();
        stage.sandbox().restartRegistry();
        results.figure("registry: away, s", secondsSince(down));
        return null;
    }

    private void sleepUntil(long began, double share) throws InterruptedException {
        long left = (long) (duration.toMillis() * share) - (System.nanoTime() - began) / 1_000_000;
        Thread.sleep(Math.max(0, left));
    }

    private static boolean deadLetters(Sampler sampler, UpdateWriter feeder, Results results) {
        long dead = sampler.deadLetters();
        results.figure("pipeline: bad records", feeder.bad());
        results.figure("pipeline: dead letters", dead);
        boolean equal = dead == feeder.bad();
        results.verdict("one dead letter for each bad record", equal ? "yes" : "NO");
        return equal;
    }

    private static boolean counts(
            Map<String, Object> client, OutageSchedule weather, List<ServiceGroup> groups, AppointmentBook book, Results results)
            throws InterruptedException {
        try (Recount recount = new Recount(PREFIX, client)) {
            recount.read();
            // A slot that begins between the one topic and the other moves a count: read on until they agree, or do
            // not.
            for (int again = 0; again < READ_AGAIN && !recount.differences().isEmpty(); again++) {
                Thread.sleep(1_000);
                recount.read();
            }
            long now = System.currentTimeMillis();
            List<String> differences = new ArrayList<>();
            recount.differences().forEach((cell, counts) -> differences.add(cell + ": " + counts));
            results.figure("pipeline: impact records", recount.impacts().size());
            results.figure("pipeline: at risk at the end", recount.total().atRisk());
            results.verdict(
                    "counts equal a recount of care-impacts",
                    differences.isEmpty() ? "yes" : "NO: " + differences.size() + " cells differ");
            List<String> ofOracle = OracleCheck.differences(
                    weather.estate(), groups, weather.end(), book.sample(), recount.impacts(), now);
            results.verdict(
                    "sampled impacts equal the batch oracle's",
                    ofOracle.isEmpty()
                            ? "yes, of " + book.sample().size() + " versions"
                            : "NO: " + ofOracle.size() + " appointments differ");
            differences.addAll(ofOracle);
            differences.stream()
                    .limit(DIFFERENCES_SHOWN)
                    .forEach(difference -> System.out.println("    " + difference));
            return differences.isEmpty() && recount.total().atRisk() > 0;
        }
    }

    private static double secondsSince(long nanoTime) {
        return Math.round((System.nanoTime() - nanoTime) / 1e8) / 10.0;
    }
}
