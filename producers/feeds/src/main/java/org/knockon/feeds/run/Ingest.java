package org.knockon.feeds.run;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.http.FeedServer;
import org.knockon.feeds.receive.FeedLife;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.health.HealthEndpoints;
import org.knockon.health.HealthServer;
import org.knockon.health.HealthStatus;
import org.knockon.server.threads.SupervisedThreads;

/**
 * The running feeds of one file.
 *
 * <p>Valid: {@code start}, then {@code open}, then {@code failure} and {@code reopenIfLost} now and then, then {@code
 * close}; {@code close} also at any time from another thread, which makes {@code open} fail. Between {@code start} and
 * {@code open} the topics must exist.
 */
public final class Ingest implements AutoCloseable {

    private final IngestSettings settings;
    private final SupervisedThreads threads = new SupervisedThreads();
    private final IngestState state = new IngestState(threads);
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final FeedServer server;
    private final Optional<HealthServer> health;
    private final LeasedFeeds.Surroundings surroundings;
    private LeasedFeeds feeds;
    private boolean closed;

    private Ingest(IngestSettings settings, InstantSource clock) {
        this.settings = settings;
        int count = Math.max(4, Runtime.getRuntime().availableProcessors());
        executor = Executors.newFixedThreadPool(count, Daemons.named("feeds"));
        timer = Executors.newSingleThreadScheduledExecutor(Daemons.named("timer"));
        FeedMetrics metrics = new FeedMetrics();
        metrics.ready(() -> unready().isEmpty());
        server = FeedServer.start(settings.file().http(), state, metrics, clock, threads);
        try {
            health = settings.health()
                    .serve(new HealthEndpoints(
                            () -> status(state.fault().map(why -> "down: " + why), "live"),
                            () -> status(unready(), "ready"),
                            metrics::scrape));
        } catch (IllegalStateException e) {
            threads.closing();
            server.close();
            timer.shutdownNow();
            executor.shutdownNow();
            throw e;
        }
        Map<String, FeedLife> lives = new LinkedHashMap<>();
        for (FeedSettings feed : settings.file().feeds()) {
            lives.put(
                    feed.name(),
                    FeedLife.begin(metrics.feed(feed.name(), feed.kind().word())));
        }
        surroundings =
                new LeasedFeeds.Surroundings(state, server, executor, timer, clock, lives, new ConcurrentHashMap<>());
    }

    /**
     * Starts to serve health. No feed is open yet.
     *
     * @throws IllegalStateException if the HTTP port, or that of health, cannot be opened
     */
    public static Ingest start(IngestSettings settings, InstantSource clock) {
        return new Ingest(settings, clock);
    }

    /** The address of the HTTP server, for health before the feeds are open. */
    public String http() {
        return server.address();
    }

    /** The port of the plain health and metrics endpoints, if there are any. */
    public OptionalInt healthPort() {
        return health.map(own -> OptionalInt.of(own.port())).orElse(OptionalInt.empty());
    }

    private Optional<String> unready() {
        return state.fault().or(state::notReady);
    }

    private static HealthStatus status(Optional<String> problem, String otherwise) {
        return new HealthStatus(problem.isEmpty(), "text/plain", problem.orElse(otherwise));
    }

    /**
     * Waits until no other instance works, reads what is remembered, and opens the ports.
     *
     * @param progress receives lines for people: what it waits for, and warnings
     * @return the open feeds, in the order of the file
     * @throws RuntimeException if a port cannot be opened
     * @throws IllegalStateException if it was closed meanwhile
     */
    public List<OpenFeed> open(Consumer<String> progress) throws InterruptedException {
        while (true) {
            LeasedFeeds next = next();
            try {
                return next.open(progress);
            } catch (LeaseLostException e) {
                next.close();
            }
        }
    }

    private synchronized LeasedFeeds next() {
        if (closed) {
            throw new IllegalStateException("stopped");
        }
        feeds = new LeasedFeeds(settings, surroundings);
        return feeds;
    }

    /**
     * After the lease was lost, closes all ports and waits for it as a standby does. That happens when the broker answers
     * nobody for ten seconds, or this process was held up for so long. What probes and monitors said meanwhile is kept.
     *
     * @param progress receives lines for people
     * @return whether that was necessary; then the feeds are open again, on the same ports
     */
    public boolean reopenIfLost(Consumer<String> progress) throws InterruptedException {
        LeasedFeeds before = current();
        if (!before.lost()) {
            return false;
        }
        progress.accept("another instance has taken over these feeds, or may have: waiting to receive them again");
        before.close();
        open(progress);
        progress.accept("receives these feeds again");
        return true;
    }

    private synchronized LeasedFeeds current() {
        return feeds;
    }

    /** Why the feeds must be started again; empty while they work. */
    public Optional<String> failure() {
        return state.fault();
    }

    /** Stops listening, and finishes what is in flight, at most five seconds. */
    @Override
    public void close() {
        threads.closing();
        LeasedFeeds last;
        synchronized (this) {
            closed = true;
            last = feeds;
        }
        if (last != null) {
            last.close();
        }
        timer.shutdownNow();
        server.close();
        health.ifPresent(HealthServer::close);
        executor.shutdownNow();
    }
}
