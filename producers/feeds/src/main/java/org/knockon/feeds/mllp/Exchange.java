package org.knockon.feeds.mllp;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One message and its answer: OPEN, then WRITING, then ANSWERED; from OPEN and WRITING also EXPIRED. An answer that
 * comes after EXPIRED is dropped: the sender has given up and would take it for the answer to its next message.
 */
final class Exchange {

    private enum State {
        OPEN,
        WRITING,
        ANSWERED,
        EXPIRED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Whether the answer may be written. */
    boolean beginAnswer() {
        return state.compareAndSet(State.OPEN, State.WRITING);
    }

    /** Whether the whole answer was written in time. */
    boolean endAnswer() {
        return state.compareAndSet(State.WRITING, State.ANSWERED);
    }

    /** Whether the time was over before the answer was written. */
    boolean expire() {
        return state.compareAndSet(State.OPEN, State.EXPIRED) || state.compareAndSet(State.WRITING, State.EXPIRED);
    }
}
