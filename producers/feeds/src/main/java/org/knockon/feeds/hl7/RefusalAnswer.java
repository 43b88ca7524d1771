package org.knockon.feeds.hl7;

/** What the sender of a refused message gets. */
public enum RefusalAnswer {
    /** AE or AR. */
    ANSWER,
    /** AA, for engines that wait behind a negative answer. The refusal is counted all the same. */
    ACCEPT
}
