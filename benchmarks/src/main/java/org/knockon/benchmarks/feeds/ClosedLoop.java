package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.knockon.benchmarks.harness.Elapsed;

/** Connections that each send the next message as soon as they have the answer to the one before. */
final class ClosedLoop {

    static final int CONNECTIONS = 32;

    private ClosedLoop() {}

    /**
     * What was measured after the warm-up.
     *
     * @param rate positive answers a second
     * @param cpuMicros of the feeds' process, per message
     */
    record Lap(double rate, double cpuMicros) {}

    /**
     * Connects, sends, and disconnects.
     *
     * @param run number of the run in these feeds: the appointments of different runs differ
     * @param warmUp seconds before those that are measured
     */
    static Lap run(FeedProcess feeds, MessageKind kind, int run, int warmUp, int seconds) throws Exception {
        LongAdder answers = new LongAdder();
        AtomicReference<Exception> failure = new AtomicReference<>();
        SampleMessages messages = new SampleMessages(Instant.now());
        Elapsed all = new Elapsed();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            // Alerts are about the same systems all the time.
            int connection = kind == MessageKind.ALERTS ? i : run * CONNECTIONS + i;
            Thread thread = new Thread(
                    () -> {
                        try (Sender sender = Sender.to(feeds, messages, kind, connection)) {
                            for (int number = 0; all.seconds() < warmUp + seconds + 1; number++) {
                                sender.exchange(number);
                                answers.increment();
                            }
                        } catch (IOException e) {
                            failure.compareAndSet(null, e);
                        }
                    },
                    "sender-" + i);
            thread.start();
            threads.add(thread);
        }
        Thread.sleep(warmUp * 1_000L);
        long before = answers.sum();
        double cpuBefore = feeds.cpuSeconds();
        Elapsed elapsed = new Elapsed();
        Thread.sleep(seconds * 1_000L);
        long counted = answers.sum() - before;
        double took = elapsed.seconds();
        double cpu = feeds.cpuSeconds() - cpuBefore;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a sender failed, so this run does not count", failure.get());
        }
        return new Lap(counted / took, cpu * 1e6 / Math.max(1, counted));
    }
}
