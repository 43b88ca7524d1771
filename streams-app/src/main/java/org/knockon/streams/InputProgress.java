package org.knockon.streams;

import org.knockon.schemas.Topic;

/**
 * Knows whether all that stands in a partition has been taken in. A task cannot tell: what it has not fetched yet looks to it like
 * silence, or like a name that nobody knows.
 */
public interface InputProgress {

    /**
     * Whether every record that stood in this partition of a topic at some moment since the given one has been taken in and committed.
     * Answers at once, from what was last known, and has it looked at again.
     *
     * @param wallClock epoch milliseconds
     */
    boolean takenInSince(Topic<?> topic, int partition, long wallClock);
}
