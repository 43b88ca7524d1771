package org.knockon.producers.scenario;

/** How events are delayed and repeated on their way to the broker. */
public record Delivery(Channel observations, Channel appointments) {

    /**
     * @param late share of events that arrive late, so after some that were written later
     * @param upTo longest delay of a late event
     * @param repeats share of events that arrive twice
     */
    public record Channel(double late, long upTo, double repeats) {}
}
