package org.knockon.warroom.serve;

import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.replay.ReplayState;

/** A replay that only keeps its state and accepts three speeds. */
final class FakeReplay implements ReplayControl {

    private ReplayState state =
            new ReplayState(ReplayState.Phase.PLAYING, FakeBoard.NOW - 3_600_000, FakeBoard.NOW + 3_600_000, "60x");

    synchronized void phase(ReplayState.Phase phase) {
        state = new ReplayState(phase, state.from(), state.to(), state.speed());
    }

    @Override
    public synchronized ReplayState state() {
        return state;
    }

    @Override
    public void pause() {
        phase(ReplayState.Phase.PAUSED);
    }

    @Override
    public void play() {
        phase(ReplayState.Phase.PLAYING);
    }

    @Override
    public synchronized void speed(String speed) {
        if (!speed.matches("60x|600x|max")) {
            throw new IllegalArgumentException("'" + speed + "' is no speed");
        }
        state = new ReplayState(state.phase(), state.from(), state.to(), speed);
    }
}
