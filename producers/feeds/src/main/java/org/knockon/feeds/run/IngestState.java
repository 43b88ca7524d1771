package org.knockon.feeds.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.knockon.feeds.http.FeedHealth;
import org.knockon.server.threads.SupervisedThreads;

/** How far the feeds are, for health. Thread-safe. */
final class IngestState implements FeedHealth {

    private final SupervisedThreads threads;
    private volatile SupervisedThreads working = new SupervisedThreads();
    private volatile Supplier<Optional<String>> trouble = () -> Optional.of("starting");
    private volatile boolean started;

    IngestState(SupervisedThreads threads) {
        this.threads = threads;
    }

    /** What the feeds wait for before they open. */
    void waiting(String why) {
        trouble = () -> Optional.of(why);
    }

    /** @param own the threads that work while the lease is held */
    void working(SupervisedThreads own) {
        working = own;
    }

    /** @param why why nothing can be published now; empty while it can */
    void opened(Supplier<Optional<String>> why) {
        trouble = why;
        started = true;
    }

    @Override
    public Optional<String> fault() {
        return threads.fault().or(working::fault);
    }

    @Override
    public Optional<String> notReady() {
        return trouble.get();
    }

    @Override
    public boolean started() {
        return started;
    }
}
