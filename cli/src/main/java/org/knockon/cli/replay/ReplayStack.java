package org.knockon.cli.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.TemporaryFolder;
import org.knockon.cli.counts.LiveCounts;
import org.knockon.cli.settings.Settings;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.SchemaAdmin;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.warroom.replay.ReplayControl;

/**
 * Everything that a replay runs on: broker, registry, topics, streams app, live counts and, if wanted, the war room. The {@link Cleanup} closes
 * all of it.
 */
final class ReplayStack {

    /** The topics that a replay publishes. */
    static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    private final ReplayPlan plan;
    private final Cleanup cleanup;
    private final LiveDisplay display;
    private final Optional<Sandbox> sandbox;
    private final Settings settings;
    private final StreamsAppSettings appSettings;
    private final long processedBefore;
    private final KnockonStreams app;
    private final LiveCounts counts;
    private volatile String warRoom;

    private ReplayStack(ReplayPlan plan, Cleanup cleanup, LiveDisplay display) {
        this.plan = plan;
        this.cleanup = cleanup;
        this.display = display;
        sandbox = plan.inSandbox() ? Optional.of(cleanup.add(Sandbox.start(sandboxOptions()))) : Optional.empty();
        settings = connect();
        createTopics();
        appSettings = plan.appSettings(settings, stateFolder());
        processedBefore = processedBefore();
        app = cleanup.add(KnockonStreams.start(appSettings));
        app.httpPort().ifPresent(port -> display.above("health and metrics on http://localhost:" + port));
        counts = cleanup.add(LiveCounts.follow(settings.client(), plan.topicPrefix()));
    }

    /** Starts everything except the war room. */
    static ReplayStack start(ReplayPlan plan, Cleanup cleanup, LiveDisplay display) {
        return new ReplayStack(plan, cleanup, display);
    }

    /** Settings with the addresses of the broker and the registry. */
    Settings settings() {
        return settings;
    }

    StreamsAppSettings appSettings() {
        return appSettings;
    }

    KnockonStreams app() {
        return app;
    }

    LiveCounts.Snapshot counts() {
        return counts.snapshot();
    }

    /** Number of records that the app has processed, over all starts of this run. Approximate: offsets include transaction markers. */
    long processed() {
        return processedBefore + app.activity().records();
    }

    /** Address of the wall display, once it is served. */
    Optional<String> warRoom() {
        return Optional.ofNullable(warRoom);
    }

    /** The folder that remains after the replay, if any. */
    Optional<Path> keptFolder() {
        return plan.keep() || plan.folder().isPresent() ? sandbox.map(Sandbox::folder) : Optional.empty();
    }

    /** Starts the war room in the background. The replay neither waits for it nor fails with it. */
    void startWarRoom(ReplayControl control) {
        if (plan.warRoom() != ReplayPlan.WarRoomMode.NONE) {
            Background.start("war-room", () -> ReplayWarRoom.start(plan, appSettings, control, cleanup))
                    .whenComplete((address, failure) -> {
                        warRoom = address;
                        display.above(
                                failure == null
                                        ? "wall display: " + address
                                        : "could not start the wall display: " + failure.getMessage());
                    });
        }
    }

    /** @throws CommandFailure if the sandbox or the streams app has failed */
    void requireHealthy() {
        // Without this check, clients would wait without limit for a broker that was killed.
        sandbox.flatMap(Sandbox::failure).ifPresent(why -> {
            throw new CommandFailure(ExitCodes.SANDBOX, why);
        });
        requireApp();
    }

    /** @throws CommandFailure with {@link ExitCodes#PROGRAM_FAILED} if the streams app has failed */
    void requireApp() {
        if (app.failure() != null) {
            throw new CommandFailure(
                    ExitCodes.PROGRAM_FAILED,
                    "the streams app failed: " + app.failure().getMessage(),
                    app.failure());
        }
    }

    /** Peak memory of each process, by name. */
    SortedMap<String, Long> peakBytes() {
        SortedMap<String, Long> peaks = new TreeMap<>();
        PeakMemory.of(ProcessHandle.current().pid()).ifPresent(bytes -> peaks.put("knockon", bytes));
        sandbox.ifPresent(running -> {
            PeakMemory.of(running.brokerPid()).ifPresent(bytes -> peaks.put("broker", bytes));
            PeakMemory.of(running.registryPid()).ifPresent(bytes -> peaks.put("registry", bytes));
        });
        return peaks;
    }

    private SandboxOptions sandboxOptions() {
        SandboxOptions defaults = SandboxOptions.defaults().withProgress(display::above);
        SandboxOptions options =
                plan.registryArchive().map(defaults::withRegistryArchive).orElse(defaults);
        if (plan.folder().isPresent()) {
            return options.withFolder(plan.folder().get());
        }
        return plan.keep() ? options.withFolder(TemporaryFolder.createKept("knockon-" + plan.run())) : options;
    }

    private Settings connect() {
        if (sandbox.isPresent()) {
            return plan.settings()
                    .at(sandbox.get().bootstrapServers(), sandbox.get().schemaRegistryUrl(), "sandbox");
        }
        Settings given = plan.settings().withLocalDefaults();
        Connectivity.requireRegistry(given);
        display.above("broker " + given.bootstrapServers() + ", registry " + given.shownRegistry());
        return given;
    }

    private void createTopics() {
        Future<?> schemas =
                Background.start("schemas", () -> SchemaAdmin.register(settings.client(), plan.topicPrefix()));
        try (Admin admin = Connectivity.admin(settings)) {
            TopicAdmin.create(admin, plan.topicPrefix(), plan.topics().forReplay());
        }
        Background.join(schemas);
    }

    private Path stateFolder() {
        return keptFolder()
                .map(folder -> folder.resolve("streams"))
                .orElseGet(() ->
                        cleanup.add(TemporaryFolder.create("knockon-streams")).path());
    }

    /** Committed input offsets of earlier starts of this run. */
    private long processedBefore() {
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
}
