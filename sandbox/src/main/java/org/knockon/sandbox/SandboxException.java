package org.knockon.sandbox;

/**
 * The sandbox could not start. The message says what stands in the way and what to do about it, and may be shown to the user
 * as it is.
 */
public final class SandboxException extends RuntimeException {
    /** What stood in the way. */
    public enum Problem {
        /** A port that the options fix is in use, or no free one was to be had. */
        PORT,
        /** The folder, or the disk beneath it, cannot be used. */
        FOLDER,
        /** The registry's archive could not be fetched, is not the released one, or could not be unpacked. */
        DOWNLOAD,
        /** The broker or the registry ended before it was ready, or was not ready in time. */
        PROCESS
    }

    private final Problem problem;

    SandboxException(Problem problem, String what, String remedy) {
        this(problem, what, remedy, null);
    }

    SandboxException(Problem problem, String what, String remedy, Throwable cause) {
        super(what + System.lineSeparator() + "What to do: " + remedy, cause);
        this.problem = problem;
    }

    /** What stood in the way. */
    public Problem problem() {
        return problem;
    }
}
