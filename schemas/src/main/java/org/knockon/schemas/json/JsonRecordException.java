package org.knockon.schemas.json;

/** JSON that is not a valid value of the topic. The message names the field and quotes at most 40 characters. */
public final class JsonRecordException extends IllegalArgumentException {

    private static final int MOST_QUOTED = 40;

    JsonRecordException(String message) {
        super(message);
    }

    JsonRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Shortens text from outside so that a message may quote it. */
    public static String quoted(String text) {
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
    }
}
