package org.knockon.feeds.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.knockon.feeds.http.FeedHealth;
import org.knockon.server.threads.SupervisedThreads;

/** How far the feeds are, for health. Thread-safe. */
final class IngestState implements FeedHealth {

    private final SupervisedThreads threads;
    private volatile Supplier<Optional<String>> lost = Optional::empty;
    private volatile Supplier<Optional<String>> trouble = () -> Optional.of("starting");
    private volatile boolean started;

    IngestState(SupervisedThreads threads) {
        this.threads = threads;
    }

    /** What the feeds wait for before they open. */
    void waiting(String why) {
        trouble = () -> Optional.of(why);
    }

    /** @param why why this instance can never publish again; empty while it can */
    void losing(Supplier<Optional<String>> why) {
        lost = why;
    }

    /** @param why why nothing can be published now; empty while it can */
    void opened(Supplier<Optional<String>> why) {
        trouble = why;
        started = true;
    }

    @Override
    public Optional<String> fault() {
        return threads.fault().or(() -> lost.get());
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
