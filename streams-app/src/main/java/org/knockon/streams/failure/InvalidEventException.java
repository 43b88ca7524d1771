package org.knockon.streams.failure;

/**
 * A record that is well-formed but semantically invalid. It becomes one dead letter. The message names the field,
 * never a record's body.
 */
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message, null, false, false);
    }
}
