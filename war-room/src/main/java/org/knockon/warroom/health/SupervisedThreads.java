package org.knockon.warroom.health;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one war room. A thread that ends before {@link #closing} leaves its part of the wall standing still, so that is a fault
 * for as long as the process lasts: a supervisor must start it again. For any thread.
 */
public final class SupervisedThreads {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedThreads.class);

    private final AtomicReference<String> fault = new AtomicReference<>();
    private volatile boolean closing;

    /**
     * A daemon, not started. What ends it is thrown on, so that the process may end by it.
     *
     * @param part what it does, in one word
     */
    public Thread thread(String part, Runnable work) {
        Thread thread = new Thread(() -> watched(work), "knockon-" + part);
        thread.setDaemon(true);
        return thread;
    }

    private void watched(Runnable work) {
        String name = Thread.currentThread().getName();
        try {
            work.run();
        } catch (Throwable e) {
            // Before anything that needs memory, for there may be none. Its words may quote an event.
            failed(name, e.getClass().getName());
            throw e;
        }
        failed(name, "nothing that it said");
    }

    private void failed(String name, String cause) {
        if (!closing && fault.compareAndSet(null, "thread " + name + " was ended by " + cause)) {
            LOG.error("{}: this process must be started again", fault.get());
        }
    }

    /** The first thread that ended by a fault, and what ended it; empty while all is well. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** From now on threads may end. */
    public void closing() {
        closing = true;
    }
}
