package org.knockon.feeds.message;

/** Something unusual in a message that was accepted all the same. Counted for each feed. */
public enum Flag {
    /** The sender's time is more than five minutes after receipt; the time of receipt counts. */
    CLOCK_AHEAD("clockAhead"),
    /** A text is no time and was treated as missing. */
    BAD_TIME("badTime"),
    /** Two sources of one time differ inside one message. */
    TIME_CONFLICT("timeConflict"),
    /** The end is not after the start, or over 24 hours later. */
    BAD_END("badEnd"),
    /** A change of an appointment of which nothing is known. */
    WITHOUT_PRIOR("withoutPrior"),
    NO_PATIENT("noPatient"),
    UNKNOWN_STATUS("unknownStatus"),
    /** Bytes that do not fit the character set were read as Windows-1252. */
    WRONG_CHARSET("wrongCharset"),
    /** No rule names the service or the system. */
    UNMAPPED_NAME("unmappedName"),
    /** The sender left alerts out. */
    TRUNCATED("truncated"),
    /** A failed check of an object whose parent failed. */
    UNREACHABLE("unreachable"),
    /** An alert about missing data or a failed query, not about a system. */
    NO_DATA("noData");

    private final String text;

    Flag(String text) {
        this.text = text;
    }

    /** As in metrics and lists, such as {@code clockAhead}. */
    public String text() {
        return text;
    }
}
