package org.knockon.cli.replay;

import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.replay.Replayer;
import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.replay.ReplayState;
import org.knockon.warroom.replay.ReplayState.Phase;

/** Lets the war room pause, resume and speed up the replayer. */
final class ReplayerControl implements ReplayControl {

    private final ReplayPlan plan;
    private volatile Replayer replayer;
    private volatile boolean ended;

    ReplayerControl(ReplayPlan plan) {
        this.plan = plan;
    }

    /** Sets the replayer to control. */
    void attach(Replayer running) {
        replayer = running;
    }

    /** After the last event there is nothing left to control. */
    void onProgress(ReplayProgress progress) {
        ended = ended || progress.complete();
    }

    @Override
    public ReplayState state() {
        Replayer running = replayer;
        ReplaySpeed speed = running == null ? plan.speed() : running.speed();
        return new ReplayState(phase(running), plan.from(), plan.to(), speed.toString());
    }

    private Phase phase(Replayer running) {
        if (running == null) {
            return Phase.STARTING;
        }
        if (ended) {
            return Phase.ENDED;
        }
        return running.paused() ? Phase.PAUSED : Phase.PLAYING;
    }

    @Override
    public void pause() {
        requireStarted().pause();
    }

    @Override
    public void play() {
        requireStarted().resume();
    }

    @Override
    public void speed(String speed) {
        requireStarted().speed(ReplaySpeed.parse(speed));
    }

    private Replayer requireStarted() {
        Replayer running = replayer;
        if (running == null) {
            throw new IllegalStateException("the replay has not started");
        }
        return running;
    }
}
