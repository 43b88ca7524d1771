package org.knockon.streams.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether every thread that this process needs still runs. Only a restart brings back one that has ended by a fault. */
final class Liveness {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);
    private static final int MOST_FAULTS = 10;
    private static final int MOST_CAUSES = 5;

    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** A daemon thread, not yet started, that must not end by an exception. */
    Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, cause) -> ended(ended.getName(), cause));
        return thread;
    }

    /** A thread has ended by a fault. An error of the JVM ends the whole process here. */
    void ended(String thread, Throwable cause) {
        FatalErrors.endProcessIfFatal(thread, cause);
        LOG.error("thread {} has ended by a fault, so this process is no longer live", thread, cause);
        if (faults.size() < MOST_FAULTS) {
            faults.add("thread " + thread + " has ended by " + kinds(cause));
        }
    }

    /** Which threads have ended, the first ten, and by which kinds of exception, without their messages; empty while none has. */
    Optional<String> fault() {
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", faults) + "; the log has the details");
    }

    /** A message may quote a record, and health pages ask nobody for a password. */
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
