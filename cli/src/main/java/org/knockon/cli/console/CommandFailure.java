package org.knockon.cli.console;

/** A command cannot continue. The user sees the message as it is, and the cause only with {@code --verbose}. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param exitCode one of {@link ExitCodes} */
    public CommandFailure(int exitCode, String message) {
        this(exitCode, message, null);
    }

    /** @param exitCode one of {@link ExitCodes} */
    public CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public final int exitCode() {
        return exitCode;
    }
}
