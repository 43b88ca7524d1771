package org.knockon.streams.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of the JVM itself, such as an {@link OutOfMemoryError}. Only the thread that met one is gone; the others would go on and look alive. So
 * the whole process ends at once and closes nothing: what was not committed is undone by the broker, and state is restored at the next start.
 */
public final class FatalErrors {

    /** The same as that of a JVM started with {@code -XX:+ExitOnOutOfMemoryError}, as the launcher starts it. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private FatalErrors() {}

    /** From now on a fatal error that no thread handles ends the process, and any other exception that ends a thread is logged. */
    public static void endProcessWhenUncaught() {
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            endProcessIfFatal(thread.getName(), cause);
            LOG.error("thread {} has ended by a fault", thread.getName(), cause);
        });
    }

    /**
     * Does not return when an error of the JVM is the cause.
     *
     * @param thread name of the thread that met it
     */
    public static void endProcessIfFatal(String thread, Throwable cause) {
        VirtualMachineError fatal = fatal(cause);
        if (fatal == null) {
            return;
        }
        try {
            // Not through the log, which may need more memory than there is.
            System.err.println("knockon: the process ends: thread " + thread + " met " + fatal);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** The error of the JVM among a failure and its causes; null where there is none. */
    static VirtualMachineError fatal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                return error;
            }
        }
        return null;
    }
}
