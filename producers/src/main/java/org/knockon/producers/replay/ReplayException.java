package org.knockon.producers.replay;

/** A replay cannot start or go on; the message says what to do. What was acknowledged stays, and a new start goes on from there. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }

    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
