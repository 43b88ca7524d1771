package org.knockon.cli.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.TemporaryFolder;
import org.knockon.cli.counts.CommittedReader;
import org.knockon.cli.counts.LiveCounts;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.cli.settings.Settings;
import org.knockon.oracle.Verdict;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.Replayer;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.SchemaAdmin;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

/** One replay, from nothing to the summary. What it opens it leaves to the {@link Cleanup}. */
final class ReplayRun {

    private static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);
    private static final Duration LONGEST_QUIET = Duration.ofHours(1);
    private static final long FRAME_MILLIS = 250;

    private final ReplayPlan plan;
    private final Cleanup cleanup;
    private final LiveDisplay display;
    private final ReplayView view;
    private final RateMeter rate = new RateMeter();
    private final ReplayRemote control;

    private volatile ReplayProgress published;
    private Optional<Sandbox> sandbox = Optional.empty();
    private Settings settings;
    private StreamsAppSettings appSettings;
    private KnockonStreams app;
    private long takenBefore;
    private LiveCounts counts;
    private volatile String warRoom;

    ReplayRun(ReplayPlan plan, Cleanup cleanup, LiveDisplay display, ReplayView view) {
        this.plan = plan;
        this.cleanup = cleanup;
        this.display = display;
        this.view = view;
        this.control = new ReplayRemote(plan);
    }

    /** Broker and registry of this replay, once it has begun. */
    Settings settings() {
        return settings;
    }

    /** Address of the wall display, if one is served. */
    Optional<String> warRoom() {
        return Optional.ofNullable(warRoom);
    }

    /** The folder that is left behind, if one is. */
    Optional<Path> keptFolder() {
        return plan.keep() || plan.folder().isPresent() ? sandbox.map(Sandbox::folder) : Optional.empty();
    }

    /** @throws CommandFailure with {@link ExitCodes#STREAMS_APP} when the streams app fails */
    ReplaySummary run() {
        long began = System.nanoTime();
        Future<ScenarioEvents> generated = Background.start("scenario", () -> ScenarioEvents.of(plan.scenario()));
        startBroker();
        createTopics();
        startApp();
        startWarRoom();
        ScenarioEvents events = Background.join(generated);
        published =
                new ReplayProgress(0, events.size(), plan.scenario().from(), 0, Optional.empty(), false, plan.speed());
        Replayer replayer = Replayer.connect(events, plan.replaySettings(settings), this::told);
        long ready = System.nanoTime();
        control.begun(replayer);
        Future<ReplayProgress> replay = Background.start("replay", replayer::run);
        cleanup.add(() -> stop(replayer, replay));
        showUntil(replay);
        Future<Verdict> verdict = plan.verify()
                ? Background.start(
                        "oracle",
                        () -> Verification.judge(events, appSettings.pipeline().rules()))
                : null;
        Future<Boolean> quiet = Background.start("quiet", () -> app.awaitQuiet(LONGEST_QUIET));
        if (!showUntil(quiet)) {
            throw new CommandFailure(
                    ExitCodes.STREAMS_APP,
                    "the streams app has not come to rest within " + LONGEST_QUIET.toMinutes() + " min");
        }
        long done = System.nanoTime();
        return summary(events, verdict, began, ready, done);
    }

    private void told(ReplayProgress progress) {
        published = progress;
        control.told(progress);
    }

    private void startBroker() {
        if (!plan.inSandbox()) {
            settings = plan.settings().withLocalDefaults();
            Connectivity.registry(settings);
            display.above("broker " + settings.bootstrapServers() + ", registry " + settings.shownRegistry());
            return;
        }
        sandbox = Optional.of(cleanup.add(Sandbox.start(sandboxOptions())));
        settings = plan.settings()
                .at(sandbox.get().bootstrapServers(), sandbox.get().schemaRegistryUrl(), "sandbox");
    }

    private SandboxOptions sandboxOptions() {
        SandboxOptions options = SandboxOptions.defaults().withProgress(display::above);
        if (plan.folder().isPresent()) {
            return options.withFolder(plan.folder().get());
        }
        return plan.keep() ? options.withFolder(TemporaryFolder.createKept("knockon-" + plan.run())) : options;
    }

    private void createTopics() {
        Future<?> schemas =
                Background.start("schemas", () -> SchemaAdmin.register(settings.client(), plan.topicPrefix()));
        try (Admin admin = Connectivity.admin(settings)) {
            TopicAdmin.create(admin, plan.topicPrefix(), plan.topics().forReplay());
        }
        Background.join(schemas);
    }

    private void startApp() {
        Path stateDir = keptFolder()
                .map(folder -> folder.resolve("streams"))
                .orElseGet(() ->
                        cleanup.add(TemporaryFolder.create("knockon-streams")).path());
        appSettings = plan.appSettings(settings, stateDir);
        takenBefore = takenBefore();
        app = cleanup.add(KnockonStreams.start(appSettings));
        app.httpPort().ifPresent(port -> display.above("health and metrics on http://localhost:" + port));
        counts = cleanup.add(LiveCounts.follow(settings.client(), plan.topicPrefix()));
    }

    /** Beside the replay, which neither waits for it nor fails with it. */
    private void startWarRoom() {
        if (plan.warRoom() != ReplayPlan.WarRoomWish.NONE) {
            Background.start("war-room", () -> ReplayWarRoom.start(plan, appSettings, control, cleanup))
                    .whenComplete((address, failure) -> {
                        warRoom = address;
                        display.above(
                                failure == null
                                        ? "wall display: " + address
                                        : "there is no wall display: " + failure.getMessage());
                    });
        }
    }

    /** Input that an earlier start of this run has taken in, nearly: offsets count the ends of transactions too. */
    private long takenBefore() {
        if (plan.inSandbox() && plan.folder().isEmpty()) {
            return 0;
        }
        List<String> inputs =
                INPUTS.stream().map(topic -> topic.name(plan.topicPrefix())).toList();
        try (Admin admin = Connectivity.admin(settings)) {
            return admin
                    .listConsumerGroupOffsets(appSettings.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(committed -> inputs.contains(committed.getKey().topic()))
                    .mapToLong(committed -> committed.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            throw Background.unchecked(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Shows frames until the work is done; returns its result. */
    private <T> T showUntil(Future<T> work) {
        while (true) {
            requireSandbox();
            requireApp();
            show();
            try {
                T result = work.get(FRAME_MILLIS, TimeUnit.MILLISECONDS);
                show();
                return result;
            } catch (TimeoutException notYet) {
                continue;
            } catch (ExecutionException e) {
                requireApp();
                throw Background.unchecked(e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** Clients would wait for ever for a broker that was killed. */
    private void requireSandbox() {
        sandbox.flatMap(Sandbox::failure).ifPresent(why -> {
            throw new CommandFailure(ExitCodes.SANDBOX, why);
        });
    }

    private void requireApp() {
        if (app.failure() != null) {
            throw new CommandFailure(
                    ExitCodes.STREAMS_APP,
                    "the streams app has failed: " + app.failure().getMessage(),
                    app.failure());
        }
    }

    private void show() {
        ReplayProgress told = published;
        long taken = Math.min(told.position(), takenBefore + app.activity().records());
        rate.at(System.nanoTime(), taken);
        long eventTime = app.activity().clock();
        display.show(view.frame(
                new ReplayView.Progress(
                        eventTime == Long.MIN_VALUE ? plan.scenario().from() : eventTime,
                        taken,
                        told.total(),
                        rate.perSecond(),
                        left(told, taken),
                        told.paused()),
                counts.snapshot()));
    }

    private Optional<Duration> left(ReplayProgress told, long taken) {
        if (!told.speed().max() && !told.complete()) {
            return told.timeLeft();
        }
        double perSecond = rate.perSecond();
        return perSecond < 1
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((told.total() - taken) / perSecond * 1_000)));
    }

    private ReplaySummary summary(ScenarioEvents events, Future<Verdict> verdict, long began, long ready, long done) {
        PublishedResults found = PublishedResults.read(settings.client(), plan.topicPrefix(), plan.verify());
        List<WeekFigures> weeks = WeekFigures.of(plan.scenario().recorded(), found);
        Optional<Verification> verification = verdict == null
                ? Optional.empty()
                : Optional.of(Verification.of(Background.join(verdict), found, weeks));
        long deadLetters = deadLetters();
        long end = System.nanoTime();
        return new ReplaySummary(
                plan,
                events.size(),
                found,
                deadLetters,
                weeks,
                new ReplaySummary.Timing(
                        Duration.ofNanos(ready - began), Duration.ofNanos(done - ready), Duration.ofNanos(end - began)),
                peakBytes(),
                verification);
    }

    private long deadLetters() {
        long[] letters = {0};
        try (CommittedReader reader =
                new CommittedReader(settings.client(), List.of(Topics.DEAD_LETTERS.name(plan.topicPrefix())))) {
            reader.readToEnd(letter -> letters[0]++);
        }
        return letters[0];
    }

    private SortedMap<String, Long> peakBytes() {
        SortedMap<String, Long> peaks = new TreeMap<>();
        PeakMemory.peak(ProcessHandle.current().pid()).ifPresent(bytes -> peaks.put("knockon", bytes));
        sandbox.ifPresent(running -> {
            PeakMemory.peak(running.brokerPid()).ifPresent(bytes -> peaks.put("broker", bytes));
            PeakMemory.peak(running.registryPid()).ifPresent(bytes -> peaks.put("registry", bytes));
        });
        return peaks;
    }

    /** What was sent is committed before the producer goes, so that a later start of this run goes on from there. */
    private static void stop(Replayer replayer, Future<?> replay) throws InterruptedException {
        replayer.stop();
        try {
            replay.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It has been reported, or closing reports it.
        }
        replayer.close();
    }
}
