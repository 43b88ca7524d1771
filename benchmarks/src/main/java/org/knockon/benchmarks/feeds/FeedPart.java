package org.knockon.benchmarks.feeds;

import java.util.Locale;

/** What can be measured by itself. */
enum FeedPart {
    HL7,
    FHIR,
    ALERTS,
    ANSWERS,
    START,
    JUNK;

    /** As on the command line and in the name of the result file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
