package org.knockon.producers.replay;

import org.knockon.producers.generate.ScenarioEvent;

/** Accepts the events of a replay in transactions that also store the replay's position. */
interface ReplayTarget extends AutoCloseable {

    /** Number of events of this run that are already published. */
    long position();

    void begin();

    void send(ScenarioEvent event);

    /** Makes all events sent since {@link #begin} visible and stores the new position. */
    void commit(long position, long eventTime);

    /** Discards events that were sent but not committed. */
    @Override
    void close();
}
