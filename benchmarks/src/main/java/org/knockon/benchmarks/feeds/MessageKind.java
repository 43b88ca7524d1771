package org.knockon.benchmarks.feeds;

import java.util.List;

/** What senders send. */
enum MessageKind {
    HL7("HL7", List.of("pas")),
    /** A feed handles 16 requests at a time, so the senders share two. */
    FHIR("FHIR", List.of("ers-1", "ers-2")),
    ALERTS("20 alerts", List.of("am-1", "am-2"));

    private final String shown;
    private final List<String> feeds;

    MessageKind(String shown, List<String> feeds) {
        this.shown = shown;
        this.feeds = feeds;
    }

    String shown() {
        return shown;
    }

    List<String> feeds() {
        return feeds;
    }

    /** The feed of one connection. */
    String feed(int connection) {
        return feeds.get(connection % feeds.size());
    }
}
