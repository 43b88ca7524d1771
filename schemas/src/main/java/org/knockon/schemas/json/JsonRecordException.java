package org.knockon.schemas.json;

/** JSON that is no value of the topic; the message names the field and quotes little of what it found. */
public final class JsonRecordException extends IllegalArgumentException {

    private static final int MOST_QUOTED = 40;

    JsonRecordException(String message) {
        super(message);
    }

    JsonRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A text that somebody wrote, as a message may quote it: the beginning of a long one. */
    public static String quoted(String text) {
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
    }
}
