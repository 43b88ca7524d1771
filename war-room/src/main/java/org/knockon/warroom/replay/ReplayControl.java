package org.knockon.warroom.replay;

/** A replay that can be held and hurried from the war room, for all who watch it. For any thread. */
public interface ReplayControl {

    ReplayState state();

    /** Its time stands still once what was sent is counted. */
    void pause();

    /** Goes on after a pause. */
    void play();

    /**
     * Goes on at another speed; a pause remains one.
     *
     * @param speed such as {@code 60x}, {@code 0.5x} or {@code max}
     * @throws IllegalArgumentException when it is no speed
     */
    void speed(String speed);
}
