package org.knockon.warroom.replay;

/**
 * The state of a replay.
 *
 * @param from first instant of the scenario, epoch milliseconds of event time
 * @param to its last instant
 * @param speed such as {@code 60x}, {@code 0.5x} or {@code max}
 */
public record ReplayState(Phase phase, long from, long to, String speed) {

    /** A replay can be controlled only while it is playing or paused. */
    public enum Phase {
        /** Nothing has been sent yet. */
        STARTING,
        PLAYING,
        PAUSED,
        /** Everything has been sent. */
        ENDED;

        /** Whether it can be controlled. */
        public boolean running() {
            return this == PLAYING || this == PAUSED;
        }
    }
}
