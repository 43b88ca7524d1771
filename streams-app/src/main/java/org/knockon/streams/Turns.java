package org.knockon.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Turns that a processor takes beside its records: one at a steady pace, and after a rest a few that come soon when asked for.
 *
 * <p>They are few because a stream thread halves the number of records it takes between two turns whenever one fires: every 25 ms
 * brought the input to a stand.
 */
public final class Turns implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(100);
    /** Long enough for the rest of what was fetched together. */
    private static final Duration SOON = Duration.ofMillis(5);

    private final ProcessorContext<?, ?> context;
    private final int most;
    private final Runnable turn;
    private final Cancellable steady;
    private Cancellable soon;
    private int left;

    /** @param most that come soon until there is a rest */
    public Turns(ProcessorContext<?, ?> context, int most, Runnable turn) {
        this.context = context;
        this.most = most;
        this.turn = turn;
        steady = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, wallClock -> take());
    }

    /** Asks for a turn soon; without effect when one is coming or none are left. */
    public void askSoon() {
        if (soon == null && left > 0) {
            left--;
            soon = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, wallClock -> take());
        }
    }

    /** There was nothing to do. */
    public void rest() {
        left = most;
    }

    private void take() {
        cancelSoon();
        turn.run();
    }

    private void cancelSoon() {
        if (soon != null) {
            soon.cancel();
            soon = null;
        }
    }

    @Override
    public void close() {
        cancelSoon();
        steady.cancel();
    }
}
