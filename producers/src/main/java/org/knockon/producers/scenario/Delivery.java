package org.knockon.producers.scenario;

/** How events travel from where they are written to the broker. */
public record Delivery(Channel observations, Channel appointments) {

    /**
     * @param late share of events that arrive after others written later
     * @param upTo the latest such an event arrives after it was written
     * @param repeats share of events that arrive twice
     */
    public record Channel(double late, long upTo, double repeats) {}
}
