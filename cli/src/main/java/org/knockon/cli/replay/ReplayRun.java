package org.knockon.cli.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.FrameLoop;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.counts.DeadLetters;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.oracle.Verdict;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.Replayer;
import org.knockon.producers.source.ReplaySource;

/** One replay: starts the {@link ReplayStack}, publishes the events, waits until all are counted, and summarizes. */
final class ReplayRun {

    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private final ReplayPlan plan;
    private final Cleanup cleanup;
    private final LiveDisplay display;
    private final ReplayView view;
    private final long startedAt;
    private final Future<ReplaySource> generated;
    private final ReplayStack stack;
    private final ReplayerControl control;
    private final RateMeter rate = new RateMeter();
    private final FrameLoop frames;

    private volatile ReplayProgress published;
    private BooleanSupplier waiting = () -> false;

    private ReplayRun(ReplayPlan plan, Cleanup cleanup, LiveDisplay display, ReplayView view) {
        this.plan = plan;
        this.cleanup = cleanup;
        this.display = display;
        this.view = view;
        startedAt = System.nanoTime();
        generated = Background.start("scenario", plan::events);
        stack = ReplayStack.start(plan, cleanup, display);
        control = new ReplayerControl(plan);
        stack.startWarRoom(control);
        frames = new FrameLoop(stack::requireHealthy, this::show);
    }

    /** Generates the events and starts everything that the replay runs on. */
    static ReplayRun start(ReplayPlan plan, Cleanup cleanup, LiveDisplay display, ReplayView view) {
        return new ReplayRun(plan, cleanup, display, view);
    }

    ReplayStack stack() {
        return stack;
    }

    /** @throws CommandFailure with {@link ExitCodes#PROGRAM_FAILED} if the streams app fails */
    ReplaySummary run() {
        ReplaySource events = Background.join(generated);
        published = ReplayProgress.none(events.size(), plan.from(), plan.speed());
        Replayer replayer = frames.until(Background.start(
                "connect", () -> Replayer.connect(events, plan.replaySettings(stack.settings()), this::onProgress)));
        long readyAt = System.nanoTime();
        control.attach(replayer);
        waiting = replayer::waiting;
        frames.until(cleanup.add(RunningReplay.start(replayer)).end());
        Future<Verdict> verdict = plan.verify()
                ? Background.start(
                        "oracle",
                        () -> Verification.judge(
                                events, stack.appSettings().pipeline().rules(), OptionalLong.empty()))
                : null;
        Future<Boolean> idle = Background.start("idle", () -> stack.app().awaitIdle(IDLE_TIMEOUT));
        if (!frames.until(idle)) {
            throw new CommandFailure(
                    ExitCodes.PROGRAM_FAILED,
                    "the streams app did not become idle within " + IDLE_TIMEOUT.toMinutes() + " min");
        }
        long doneAt = System.nanoTime();
        return summary(events, verdict, readyAt, doneAt);
    }

    private void onProgress(ReplayProgress progress) {
        published = progress;
        control.onProgress(progress);
    }

    private void show() {
        ReplayProgress progress = published;
        long processed = Math.min(progress.position(), stack.processed());
        rate.record(System.nanoTime(), processed);
        long eventTime = stack.app().activity().clock();
        display.show(view.frame(
                new ReplayView.Progress(
                        eventTime == Long.MIN_VALUE ? plan.from() : eventTime,
                        processed,
                        progress.total(),
                        rate.perSecond(),
                        timeLeft(progress, processed),
                        ReplayView.Halt.of(progress, waiting.getAsBoolean())),
                stack.counts()));
    }

    private Optional<Duration> timeLeft(ReplayProgress progress, long processed) {
        if (!progress.speed().max() && !progress.complete()) {
            return progress.timeLeft();
        }
        double perSecond = rate.perSecond();
        return perSecond < 1
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((progress.total() - processed) / perSecond * 1_000)));
    }

    private ReplaySummary summary(ReplaySource events, Future<Verdict> verdict, long readyAt, long doneAt) {
        PublishedResults results = PublishedResults.read(stack.settings().client(), plan.topicPrefix(), plan.verify());
        List<WeekFigures> weeks = WeekFigures.of(plan.content().recorded(), results);
        Optional<Verification> verification = verdict == null
                ? Optional.empty()
                : Optional.of(Verification.of(Background.join(verdict), results, weeks));
        long deadLetters = DeadLetters.count(stack.settings().client(), plan.topicPrefix());
        long endedAt = System.nanoTime();
        return new ReplaySummary(
                plan,
                events.size(),
                results,
                deadLetters,
                weeks,
                new ReplaySummary.Timing(
                        Duration.ofNanos(readyAt - startedAt),
                        Duration.ofNanos(doneAt - readyAt),
                        Duration.ofNanos(endedAt - startedAt)),
                stack.peakBytes(),
                verification);
    }
}
