package org.knockon.cli.console;

/** Exit codes of the process. The help of each command lists those it uses. */
public final class ExitCodes {

    public static final int OK = 0;
    /** Completed with failures: a verification or a catalogue differs, some lines are invalid, an existing topic has other settings. */
    public static final int FAILURES = 1;
    /** The command line, a setting, a scenario, a recording, a feeds file or a catalogue is invalid; nothing was done. */
    public static final int USAGE = 2;
    /**
     * The broker or the registry cannot be reached, or topics are missing. A JVM that runs out of memory exits with the same code, which is
     * fixed; its last line names the error.
     */
    public static final int UNAVAILABLE = 3;
    /** The sandbox cannot start. */
    public static final int SANDBOX = 4;
    /** A long-running program failed: the streams app, or the feeds. */
    public static final int PROGRAM_FAILED = 5;
    /** Ctrl-C; the JVM itself sets this one. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
