package org.knockon.warroom.replay;

/**
 * How a replay stands.
 *
 * @param from first instant of the scenario, epoch milliseconds of event time
 * @param to its last instant
 * @param speed such as {@code 60x}, {@code 0.5x} or {@code max}
 */
public record ReplayState(Phase phase, long from, long to, String speed) {

    /** Only what plays or is paused can be controlled. */
    public enum Phase {
        /** It has not sent anything yet. */
        STARTING,
        PLAYING,
        PAUSED,
        /** All of it has been sent. */
        ENDED;

        /** Whether it can be controlled. */
        public boolean running() {
            return this == PLAYING || this == PAUSED;
        }
    }
}
