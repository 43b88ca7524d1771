package org.knockon.streams.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of the JVM itself, such as an {@link OutOfMemoryError}. One ends only the thread in which it occurs; the
 * others would continue and look alive. So the whole process ends at once without closing anything: the broker aborts open
 * transactions, and the next start restores the state.
 */
public final class FatalErrors {

    /** The exit code of a JVM with {@code -XX:+ExitOnOutOfMemoryError}, which the launcher sets. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private FatalErrors() {}

    /** Makes an uncaught fatal error end the process, and logs any other uncaught exception. */
    public static void endProcessWhenUncaught() {
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            endProcessIfFatal(thread.getName(), cause);
            LOG.error("thread {} has ended with an exception", thread.getName(), cause);
        });
    }

    /**
     * Does not return if the failure is, or was caused by, an error of the JVM.
     *
     * @param thread name of the failed thread
     */
    public static void endProcessIfFatal(String thread, Throwable cause) {
        VirtualMachineError fatal = fatal(cause);
        if (fatal == null) {
            return;
        }
        try {
            // Not through the log, which may need more memory than is left.
            System.err.println("knockon: the process ends: thread " + thread + " failed with " + fatal);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** The error of the JVM among a failure and its causes; null for none. */
    static VirtualMachineError fatal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                return error;
            }
        }
        return null;
    }
}
