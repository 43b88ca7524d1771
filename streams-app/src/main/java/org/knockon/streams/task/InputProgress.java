package org.knockon.streams.task;

import org.knockon.schemas.Topic;

/**
 * Knows whether a partition has been consumed up to a given moment. A task cannot tell: records that it has not
 * fetched yet look to it like silence, or like a name missing from the catalogue.
 */
public interface InputProgress {

    /**
     * Whether every record that was in this partition at some moment since {@code wallClock} has been processed and
     * committed. Returns the last known result at once and has it refreshed in the background.
     *
     * @param wallClock epoch milliseconds
     */
    boolean consumedSince(Topic<?> topic, int partition, long wallClock);
}
