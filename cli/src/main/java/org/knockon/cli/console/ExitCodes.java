package org.knockon.cli.console;

/** What the process's exit code says; every command's help lists those it uses. */
public final class ExitCodes {

    public static final int OK = 0;
    /** It ran, and what it found is bad: a verification differs, some lines are bad, an existing topic is not as it should be. */
    public static final int FOUND_BAD = 1;
    /** The command line, a setting or a scenario is wrong; nothing was done. */
    public static final int USAGE = 2;
    /**
     * The broker or the registry cannot be reached, or topics are missing. A JVM that runs out of memory ends with the same code, which cannot
     * be chosen; its last line says so.
     */
    public static final int AWAY = 3;
    /** The sandbox cannot start. */
    public static final int SANDBOX = 4;
    /** The streams app has failed. */
    public static final int STREAMS_APP = 5;
    /** Ctrl-C; the JVM itself sets this one. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
