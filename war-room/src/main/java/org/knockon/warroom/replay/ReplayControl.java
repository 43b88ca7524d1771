package org.knockon.warroom.replay;

/** Control of a replay from the war room, for everyone who watches it. Thread-safe. */
public interface ReplayControl {

    ReplayState state();

    /** Stops sending. Event time stops once everything sent has been counted. */
    void pause();

    /** Continues after a pause. */
    void play();

    /**
     * Changes the speed. A paused replay stays paused.
     *
     * @param speed such as {@code 60x}, {@code 0.5x} or {@code max}
     * @throws IllegalArgumentException if it is not a valid speed
     */
    void speed(String speed);
}
