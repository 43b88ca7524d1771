package org.knockon.streams.codec;

import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/**
 * State or an internal record that this release cannot read: another release wrote it, or it is corrupt. Never quotes
 * its content.
 */
public final class StateFormatException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public StateFormatException(String message) {
        super(message);
    }

    public StateFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Finds one among a failure and its causes. */
    public static Optional<StateFormatException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StateFormatException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
