package org.knockon.server.threads;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one server. If one ends before {@link #closing}, its part of the work is no longer done. That is a fault
 * for the rest of the process' life: a supervisor must restart it. Thread-safe.
 */
public final class SupervisedThreads {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedThreads.class);

    private final AtomicReference<String> fault = new AtomicReference<>();
    private volatile boolean closing;

    /**
     * A daemon thread, not started. An exception that ends it is rethrown, so that it may end the process.
     *
     * @param part what it does, in one word
     */
    public Thread thread(String part, Runnable work) {
        Thread thread = new Thread(() -> supervise(work), "knockon-" + part);
        thread.setDaemon(true);
        return thread;
    }

    private void supervise(Runnable work) {
        String name = Thread.currentThread().getName();
        try {
            work.run();
        } catch (Throwable e) {
            // Before anything that needs memory: there may be none left. Not its message, which may quote an event.
            failed(name, e.getClass().getName());
            throw e;
        }
        failed(name, "no exception");
    }

    private void failed(String name, String cause) {
        if (!closing && fault.compareAndSet(null, "thread " + name + " ended unexpectedly: " + cause)) {
            LOG.error("{}; this process must be restarted", fault.get());
        }
    }

    /** The first thread that ended unexpectedly, and why; empty while all are running. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** Threads may end from now on. */
    public void closing() {
        closing = true;
    }
}
