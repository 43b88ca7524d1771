package org.knockon.feeds.message;

import java.util.Locale;

/** Why a message was refused. */
public enum RefusalReason {
    UNREADABLE,
    WRONG_TYPE,
    WRONG_VERSION,
    NOT_PRODUCTION,
    MISSING_ID,
    MISSING_SLOT,
    MISSING_SERVICE,
    BAD_TIME,
    BAD_STATUS,
    BAD_FIELD,
    TOO_LARGE,
    TOO_DEEP,
    UNAUTHORISED;

    /** As in records, metrics and answers, such as {@code missing-slot}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
