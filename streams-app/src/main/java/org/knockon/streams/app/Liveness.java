package org.knockon.streams.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether all threads that this process needs are running. Only a restart replaces a failed one. */
final class Liveness {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);
    private static final int MOST_FAULTS = 10;
    private static final int MOST_CAUSES = 5;

    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** A new daemon thread, not started. If it ends with an exception the process is no longer live. */
    Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, cause) -> ended(ended.getName(), cause));
        return thread;
    }

    /** A thread has ended with an exception. An error of the JVM ends the whole process here. */
    void ended(String thread, Throwable cause) {
        FatalErrors.endProcessIfFatal(thread, cause);
        LOG.error("thread {} has ended with an exception, so this process is no longer live", thread, cause);
        if (faults.size() < MOST_FAULTS) {
            faults.add("thread " + thread + " has ended with " + kinds(cause));
        }
    }

    /** The first ten threads that have ended, and the classes of their exceptions without messages; empty for none. */
    Optional<String> fault() {
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", faults) + "; the log has the details");
    }

    /** Without messages: a message may quote a record, and health endpoints require no password. */
    private static String kinds(Throwable failure) {
        StringBuilder kinds = new StringBuilder(failure.getClass().getName());
        Throwable cause = failure.getCause();
        for (int depth = 1; cause != null && depth < MOST_CAUSES; depth++) {
            kinds.append(", caused by ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return kinds.toString();
    }
}
