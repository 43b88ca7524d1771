package org.knockon.streams.codec;

/**
 * A time range of one service's appointments that waits for reassessment or expiry.
 *
 * @param from epoch milliseconds, inclusive
 * @param to epoch milliseconds, exclusive
 * @param bookedDone whether the booked appointments are done and the settled ones remain
 * @param after index key of the last appointment processed; null before the first
 */
public record WorkItem(Purpose purpose, String serviceId, long from, long to, boolean bookedDone, byte[] after) {

    /** What to do with the appointments. */
    public enum Purpose {
        REASSESS,
        EXPIRE
    }

    public boolean isStarted() {
        return bookedDone || after != null;
    }
}
