package org.knockon.cli.replay;

import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.replay.Replayer;
import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.replay.ReplayState;
import org.knockon.warroom.replay.ReplayState.Phase;

/** What the war room's buttons reach: the replayer, once there is one. */
final class ReplayRemote implements ReplayControl {

    private final ReplayPlan plan;
    private volatile Replayer replayer;
    private volatile boolean ended;

    ReplayRemote(ReplayPlan plan) {
        this.plan = plan;
    }

    /** From now on it can be controlled. */
    void begun(Replayer running) {
        replayer = running;
    }

    /** Once all is sent there is nothing left to control. */
    void told(ReplayProgress progress) {
        ended = ended || progress.complete();
    }

    @Override
    public ReplayState state() {
        Replayer running = replayer;
        ReplaySpeed speed = running == null ? plan.speed() : running.speed();
        return new ReplayState(
                phase(running), plan.scenario().from(), plan.scenario().to(), speed.toString());
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
        requireBegun().pause();
    }

    @Override
    public void play() {
        requireBegun().resume();
    }

    @Override
    public void speed(String speed) {
        requireBegun().speed(ReplaySpeed.parse(speed));
    }

    private Replayer requireBegun() {
        Replayer running = replayer;
        if (running == null) {
            throw new IllegalStateException("the replay has not begun");
        }
        return running;
    }
}
