package org.knockon.streams.failure;

import org.knockon.schemas.Topics;
import org.knockon.streams.task.InputProgress;

import java.util.function.LongSupplier;

/**
 * Knows up to which moment the catalogue has come to a partition: through its own topics, and from there through the broadcast. An app
 * that catches up may take in events minutes before the names that they mention.
 */
public final class CatalogueArrival {

    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final InputProgress feed;
    private final int partition;
    private final LongSupplier clock;
    private long arrived = Long.MIN_VALUE;
    private long asked = NOT_ASKED;
    private long broadcast = NOT_ASKED;

    public CatalogueArrival(InputProgress feed, int partition) {
        this(feed, partition, System::currentTimeMillis);
    }

    /** @param clock epoch milliseconds */
    CatalogueArrival(InputProgress feed, int partition, LongSupplier clock) {
        this.clock = clock;
        this.feed = feed;
        this.partition = partition;
    }

    /** Everything written to the catalogue until then is known here; epoch milliseconds of the wall clock. */
    long arrived() {
        return arrived;
    }

    /**
     * Whether that is so of a moment. Answers at once, from what was last known, and has it looked at again.
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
                && feed.takenInSince(Topics.SYSTEMS, 0, asked)
                && feed.takenInSince(Topics.CARE_SERVICES, 0, asked)) {
            // Not the time of the turn at hand: the broker may have been asked since that began.
            broadcast = clock.getAsLong();
        }
        if (broadcast == NOT_ASKED || !feed.takenInSince(Topics.BROADCAST, partition, broadcast)) {
            return false;
        }
        arrived = asked;
        asked = NOT_ASKED;
        broadcast = NOT_ASKED;
        return arrived >= moment;
    }
}
