package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * HL7 connections that send at a fixed rate, whether the feeds keep up or not: a message that is due while the one before
 * has no answer yet is sent as soon as it has.
 */
final class OpenLoop {

    static final int CONNECTIONS = 20;
    static final int RATE = 200;

    /** Milliseconds after the start before anything is measured. */
    static final long SETTLE = 5_000;

    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(1) / RATE;
    /** So much later than it was due, a message counts as late. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(10);

    private final FeedProcess feeds;
    private final SampleMessages messages = new SampleMessages(Instant.now());
    private final List<Double> millis = new ArrayList<>();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private long late;
    private volatile boolean measuring;
    private volatile boolean ended;

    OpenLoop(FeedProcess feeds) {
        this.feeds = feeds;
    }

    /**
     * What was measured.
     *
     * @param millis from the last byte of a message to the first byte of its answer
     * @param late messages that could not be sent when they were due
     */
    record Answers(List<Double> millis, long late) {}

    /** Starts to send; nothing is measured yet. */
    OpenLoop start() {
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            int connection = i;
            Thread thread = new Thread(() -> send(connection, begin), "sender-" + i);
            thread.start();
            threads.add(thread);
        }
        return this;
    }

    private void send(int connection, long begin) {
        try (Sender sender = new MllpSender(feeds.port(), messages, connection)) {
            for (int number = 0; !ended; number++) {
                long due = begin + ((long) number * CONNECTIONS + connection) * BETWEEN;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                boolean counts = measuring;
                boolean isLate = System.nanoTime() - due > LATE;
                double took = sender.exchange(number) / 1e6;
                if (counts) {
                    add(took, isLate);
                }
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    private synchronized void add(double took, boolean isLate) {
        millis.add(took);
        late += isLate ? 1 : 0;
    }

    /** Begins to measure, from zero. */
    synchronized void measure() {
        millis.clear();
        late = 0;
        measuring = true;
    }

    /** What was measured so far; goes on sending without measuring. */
    synchronized Answers measured() {
        measuring = false;
        return new Answers(List.copyOf(millis), late);
    }

    /** @throws IllegalStateException if an answer was missing */
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a sender failed, so this run does not count", failure.get());
        }
    }
}
