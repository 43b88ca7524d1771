package org.knockon.sandbox;

/**
 * The sandbox could not start. The message names the problem and what to do about it, and is meant for the user.
 */
public final class SandboxException extends RuntimeException {
    /** The kind of problem. */
    public enum Problem {
        /** A configured port is in use, or no free port was found. */
        PORT,
        /** The folder or its disk cannot be used. */
        FOLDER,
        /** The registry's archive could not be downloaded, is not the released one, or could not be unpacked. */
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

    /** The kind of problem. */
    public Problem problem() {
        return problem;
    }
}
