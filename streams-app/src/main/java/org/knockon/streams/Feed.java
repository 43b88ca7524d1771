package org.knockon.streams;

/**
 * Knows whether a partition's observations have all been taken in. A task cannot tell: what it has not fetched yet looks to it like
 * silence.
 */
public interface Feed {

    /**
     * Whether every observation that stood in this partition of {@code system-health} at some moment since the given one has been
     * taken in and committed. Answers at once, from what was last known, and has it looked at again.
     *
     * @param wallClock epoch milliseconds
     */
    boolean takenInSince(int partition, long wallClock);
}
