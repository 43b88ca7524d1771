package org.knockon.impact.cascade;

/** The time from the earliest start to the latest end of the outages of several systems. */
final class OutageSpan {

    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    void include(SystemNode node) {
        from = Math.min(from, node.outages.from());
        to = Math.max(to, node.outages.to());
    }

    /** Whether none of the systems has an outage. */
    boolean isEmpty() {
        return from > to;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }
}
