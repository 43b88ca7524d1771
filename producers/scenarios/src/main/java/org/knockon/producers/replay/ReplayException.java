package org.knockon.producers.replay;

/**
 * A replay cannot start or continue; the message says what to do. Acknowledged events stay, and a restart continues
 * after them.
 */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }

    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
