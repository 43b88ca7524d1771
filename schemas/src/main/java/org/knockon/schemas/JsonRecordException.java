package org.knockon.schemas;

/** JSON that is no value of the topic; the message names the field. */
public final class JsonRecordException extends IllegalArgumentException {

    JsonRecordException(String message) {
        super(message);
    }

    JsonRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
