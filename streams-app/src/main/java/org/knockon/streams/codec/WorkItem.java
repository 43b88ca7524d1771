package org.knockon.streams.codec;

/**
 * A stretch of one service's appointments that waits to be looked at again.
 *
 * @param from epoch milliseconds, inclusive
 * @param to epoch milliseconds, exclusive
 * @param bookedDone the slots of booked appointments are through, those settled remain
 * @param after index key of the last one looked at; null before the first
 */
public record WorkItem(Purpose purpose, String serviceId, long from, long to, boolean bookedDone, byte[] after) {

    /** What to do with the appointments found. */
    public enum Purpose {
        REASSESS,
        EXPIRE
    }

    public boolean begun() {
        return bookedDone || after != null;
    }
}
