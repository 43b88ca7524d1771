package org.knockon.producers.replay;

import org.knockon.producers.source.ReplayEvent;

/**
 * Accepts the events of a replay in transactions that also store the replay's position.
 *
 * <p>Valid: {@code takeOver, begin, send, send, commit, begin, send, commit, close}; {@code takeOver} again after any
 * failure. {@code takeOver}, {@code begin} and {@code commit} throw {@link
 * org.apache.kafka.common.errors.TimeoutException} while the broker does not answer; the same call may then be
 * repeated, as often as needed. Invalid: {@code send} after a failure without {@code takeOver} in between.
 */
interface ReplayTarget extends AutoCloseable {

    /**
     * Takes over the run, as a new process would. The broker completes or aborts an open transaction and refuses
     * earlier producers of this run.
     *
     * @return number of events of this run that are published
     * @throws ReplayException if the run belongs to another scenario
     */
    long takeOver();

    void begin();

    void send(ReplayEvent event);

    /** Makes all events sent since {@link #begin} visible and stores the new position. */
    void commit(long position, long eventTime);

    /** Discards events that were sent but not committed. */
    @Override
    void close();
}
