package org.knockon.systemtests.feeds.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A sender with one message in flight, which it repeats until it is acknowledged. It sends at a fixed rate, and makes up for the
 * time in which it got no answers.
 */
final class RepeatingSender implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Supplier<Message> script;
    private final Link link;
    private final Duration every;
    private final int limit;
    private final Thread thread;
    /** Others read it after the end of the thread. */
    private final List<Message> acknowledged = new ArrayList<>();

    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile boolean stopping;
    private volatile Throwable failure;

    /**
     * @param every time between two messages; zero for as fast as answers come
     * @param limit number of messages after which it ends by itself
     */
    RepeatingSender(String name, Supplier<Message> script, Link link, Duration every, int limit) {
        this.script = script;
        this.link = link;
        this.every = every;
        this.limit = limit;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long begin = System.nanoTime();
        try {
            for (int number = 0; number < limit && !stopping; number++) {
                long wait = begin + number * every.toNanos() - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                Message message = script.get();
                deliver(message);
                acknowledged.add(message);
                delivered.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void deliver(Message message) throws InterruptedException {
        boolean first = true;
        while (!accepted(message)) {
            if (first) {
                repeated.incrementAndGet();
                first = false;
            }
            link.close();
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private boolean accepted(Message message) throws InterruptedException {
        try {
            return link.accepts(message);
        } catch (IOException expected) {
            return false;
        }
    }

    /** Number of messages with a positive answer. */
    int delivered() {
        return delivered.get();
    }

    /** Number of messages that got no positive answer at first. */
    int repeated() {
        return repeated.get();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Sends no further message once the present one is acknowledged. */
    void stop() {
        stopping = true;
    }

    /** Waits until all its messages are acknowledged, and returns them. */
    List<Message> awaitEnd(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
        requireNoFailure();
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " has a message that is not acknowledged");
        }
        return List.copyOf(acknowledged);
    }

    void requireNoFailure() {
        if (failure != null) {
            throw new AssertionError(thread.getName() + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2L * Link.TIMEOUT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
    }
}
