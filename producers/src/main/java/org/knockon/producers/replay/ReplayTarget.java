package org.knockon.producers.replay;

import org.knockon.producers.generate.ScenarioEvent;

/** Where a replay's events go: in transactions that carry the replay's position with them. */
interface ReplayTarget extends AutoCloseable {

    /** How many events earlier replays of this run published. */
    long position();

    void begin();

    void send(ScenarioEvent event);

    /** Makes everything sent since {@link #begin} visible, together with the new position. */
    void commit(long position, long eventTime);

    /** Takes back what was sent and not committed. */
    @Override
    void close();
}
