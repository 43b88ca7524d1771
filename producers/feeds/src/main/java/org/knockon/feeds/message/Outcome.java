package org.knockon.feeds.message;

import java.util.Locale;

/** What became of a message. Each message has exactly one outcome. */
public enum Outcome {
    PUBLISHED,
    /** The same message came before; nothing is published again. */
    DUPLICATE,
    /** Understood, but it says nothing that a topic needs. */
    IGNORED,
    /** An alert of no known system. */
    UNMAPPED,
    REFUSED,
    /** Kafka or the registry is away; the sender should send the message again. */
    UNAVAILABLE;

    /** As in metrics, lists and logs, such as {@code published}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
