package org.knockon.feeds.publish;

/** What became of a publication. */
public enum Delivery {
    /** The broker has everything, with all acknowledgements. */
    ACKNOWLEDGED,
    /** Kafka or the registry is away. Nothing may be on the topics; the sender should send the message again. */
    UNAVAILABLE
}
