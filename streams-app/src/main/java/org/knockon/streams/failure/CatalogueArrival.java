package org.knockon.streams.failure;

import java.util.function.LongSupplier;
import org.knockon.schemas.Topics;
import org.knockon.streams.task.InputProgress;

/**
 * Knows up to which moment the catalogue has reached a partition: first through its own topics, then through the
 * broadcast. An app that catches up may process events minutes before the catalogue entries that they name.
 */
public final class CatalogueArrival {

    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final InputProgress inputProgress;
    private final int partition;
    private final LongSupplier clock;
    private long arrived = Long.MIN_VALUE;
    private long asked = NOT_ASKED;
    private long broadcast = NOT_ASKED;

    public CatalogueArrival(InputProgress inputProgress, int partition) {
        this(inputProgress, partition, System::currentTimeMillis);
    }

    /** @param clock epoch milliseconds */
    CatalogueArrival(InputProgress inputProgress, int partition, LongSupplier clock) {
        this.clock = clock;
        this.inputProgress = inputProgress;
        this.partition = partition;
    }

    /** Everything written to the catalogue before this moment has arrived; epoch milliseconds of the wall clock. */
    long arrived() {
        return arrived;
    }

    /**
     * Whether everything written to the catalogue before a moment has arrived. Returns the last known result at once
     * and has it refreshed in the background.
     *
     * @param moment epoch milliseconds of the wall clock, not after {@code now}
     */
    boolean arrivedSince(long moment, long now) {
        if (arrived >= moment) {
            return true;
        }
        if (asked == NOT_ASKED) {
            asked = now;
        }
        if (broadcast == NOT_ASKED
                && inputProgress.consumedSince(Topics.SYSTEMS, 0, asked)
                && inputProgress.consumedSince(Topics.CARE_SERVICES, 0, asked)) {
            // Not the time of the current turn: the broker may have been asked since it began.
            broadcast = clock.getAsLong();
        }
        if (broadcast == NOT_ASKED || !inputProgress.consumedSince(Topics.BROADCAST, partition, broadcast)) {
            return false;
        }
        arrived = asked;
        asked = NOT_ASKED;
        broadcast = NOT_ASKED;
        return arrived >= moment;
    }
}
