package org.knockon.streams.app;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats its work, with a pause in between, on a thread of its own. Unlike an executor it does not swallow
 * exceptions: an exception ends the thread, and with it the liveness of the process.
 */
final class PeriodicThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicThread.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    /** The repeated work. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    private final Work work;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean closed;

    private PeriodicThread(String name, Duration pause, Work work, Liveness liveness) {
        this.work = work;
        this.pause = pause;
        thread = liveness.thread(name, this::run);
    }

    static PeriodicThread start(String name, Duration pause, Work work, Liveness liveness) {
        PeriodicThread periodic = new PeriodicThread(name, pause, work, liveness);
        periodic.thread.start();
        return periodic;
    }

    private void run() {
        try {
            while (!closed) {
                work.run();
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException | RuntimeException e) {
            if (!closed) {
                throw e instanceof RuntimeException known ? known : new IllegalStateException("interrupted", e);
            }
            LOG.debug("{} is closing", thread.getName(), e);
        }
    }

    /** Returns once the thread has ended, or after five seconds. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
