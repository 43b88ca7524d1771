package org.knockon.cli.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.FrameLoop;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.Replayer;
import org.knockon.producers.source.ReplaySource;

/** One {@code replay --publish-only}: waits for an app that reads the topics of the run, and publishes the events. */
final class Publication {

    private final ReplayPlan plan;
    private final Cleanup cleanup;
    private final LiveDisplay display;
    private final ReplayView view;
    private volatile ReplayProgress published;
    private BooleanSupplier waiting = () -> false;

    /** @param plan with settings that name a broker and a registry */
    Publication(ReplayPlan plan, Cleanup cleanup, LiveDisplay display, ReplayView view) {
        this.plan = plan;
        this.cleanup = cleanup;
        this.display = display;
        this.view = view;
    }

    /**
     * @param maxWait maximum wait for the app
     * @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} if topics are missing or no app reads them
     */
    ReplayProgress run(Duration maxWait) {
        Future<ReplaySource> generated = Background.start("scenario", plan::events);
        try (Admin admin = Preflight.connect(plan.settings())) {
            requireTopics(admin);
            new AppGroup(admin, plan.runSettings()).await(maxWait, display::above);
        }
        ReplaySource events = Background.join(generated);
        published = ReplayProgress.none(events.size(), plan.from(), plan.speed());
        FrameLoop frames = new FrameLoop(() -> {}, this::show);
        Replayer replayer = frames.until(Background.start(
                "connect",
                () -> Replayer.connect(
                        events, plan.replaySettings(plan.settings()), progress -> published = progress)));
        waiting = replayer::waiting;
        return frames.until(cleanup.add(RunningReplay.start(replayer)).end());
    }

    private void requireTopics(Admin admin) {
        String prefix = plan.topicPrefix();
        List<String> missing = new ArrayList<>();
        ReplayStack.INPUTS.forEach(topic -> missing.add(topic.name(prefix)));
        missing.removeAll(Connectivity.existing(admin, missing).keySet());
        if (!missing.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    "missing topics: " + String.join(", ", missing)
                            + "; create with 'knockon topics create --replay --prefix " + prefix + "'");
        }
    }

    private void show() {
        ReplayProgress progress = published;
        display.show(view.frame(new ReplayView.Progress(
                progress.eventTime(),
                progress.position(),
                progress.total(),
                progress.eventsPerSecond(),
                progress.timeLeft(),
                ReplayView.Halt.of(progress, waiting.getAsBoolean()))));
    }

    /** The outcome for programs. */
    static ObjectNode json(ReplayPlan plan, ReplayProgress end) {
        ObjectNode json = Json.object()
                .put("scenario", plan.content().name())
                .put("title", plan.content().title())
                .put("synthetic", plan.content().notice())
                .put("run", plan.run())
                .put("topicPrefix", plan.topicPrefix())
                .put("bootstrapServers", plan.settings().bootstrapServers())
                .put("schemaRegistryUrl", plan.settings().shownRegistry())
                .put("from", Instant.ofEpochMilli(plan.from()).toString())
                .put("to", Instant.ofEpochMilli(plan.to()).toString())
                .put("events", end.position());
        ObjectNode settings = json.putObject("settings");
        plan.runSettings().values().forEach(settings::put);
        return json;
    }
}
