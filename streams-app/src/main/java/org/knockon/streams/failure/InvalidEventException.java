package org.knockon.streams.failure;

/** A record that can be read but cannot be true. It costs one dead letter; the message names the field, never a record's body. */
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message, null, false, false);
    }
}
