package org.knockon.feeds.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.http.FeedServer;
import org.knockon.feeds.publish.FeedPublisher;
import org.knockon.feeds.publish.PublisherSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.state.FeedLease;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.feeds.state.InstanceGroup;
import org.knockon.feeds.state.LoadFollower;
import org.knockon.feeds.state.MemoryReader;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running feeds of one file.
 *
 * <p>Valid: {@code start}, then {@code open}, then {@code failure} now and then, then {@code close}; {@code close} also at
 * any time from another thread, which makes {@code open} fail. Between {@code start} and {@code open} the topics must
 * exist.
 */
public final class Ingest implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration STANDBY_AFTER = Duration.ofSeconds(12);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final IngestSettings settings;
    private final InstantSource clock;
    private final SupervisedThreads threads = new SupervisedThreads();
    private final IngestState state = new IngestState(threads);
    private final FeedMetrics metrics = new FeedMetrics();
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final FeedServer server;
    /** The last one is closed first. */
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    private volatile boolean closed;

    private Ingest(IngestSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        int count = Math.max(4, Runtime.getRuntime().availableProcessors());
        executor = Executors.newFixedThreadPool(count, Daemons.named("feeds"));
        timer = Executors.newSingleThreadScheduledExecutor(Daemons.named("timer"));
        server = FeedServer.start(settings.file().http(), state, metrics, clock, threads);
    }

    /**
     * Starts to serve health. No feed is open yet.
     *
     * @throws IllegalStateException if the HTTP port cannot be opened
     */
    public static Ingest start(IngestSettings settings, InstantSource clock) {
        return new Ingest(settings, clock);
    }

    /** The address of the HTTP server, for health before the feeds are open. */
    public String http() {
        return server.address();
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
        String group = InstanceGroup.name(
                settings.prefix(),
                settings.file().feeds().stream().map(FeedSettings::name).toList());
        FeedLease lease = add(new FeedLease(settings.client(), settings.prefix(), group, threads).start());
        state.losing(() -> lease.lost()
                ? Optional.of("another instance has taken over these feeds, or may have")
                : Optional.empty());
        awaitLease(lease, progress);
        state.waiting("reading what is remembered");
        FeedPublisher publisher = add(new FeedPublisher(
                new PublisherSettings(settings.client(), settings.prefix(), group, settings.exercise()),
                lease::held,
                threads));
        // First the fence: what is read after it is complete.
        retried("connect to the broker", () -> {
            publisher.connect();
            return publisher;
        });
        FeedMemory memory = new FeedMemory(FeedTables.remembering(settings.file()));
        add(retried(
                "follow first loads", () -> new LoadFollower(settings.client(), settings.prefix(), memory, threads)));
        retried("read what is remembered", () -> {
            new MemoryReader(settings.client(), settings.prefix()).readInto(memory);
            return memory;
        });
        AddedRules rules = new AddedRules(settings.file(), memory, publisher::publish);
        retried("apply rules that were added", rules::apply)
                .forEach((feed, count) -> progress.accept(
                        "feed " + feed + ": rules that were added apply to " + count + " appointments"));
        CatalogueIds catalogue = add(
                retried("read the catalogue", () -> new CatalogueIds(settings.client(), settings.prefix(), threads)));
        RegistryWatcher registry = add(new RegistryWatcher(settings.client(), threads).start());
        CatalogueWarnings.of(settings.file().feeds(), catalogue::hasSystem, catalogue::hasService)
                .forEach(warning -> progress.accept("warning: " + warning));
        FeedWiring wiring = new FeedWiring(
                settings.file(), publisher::publish, memory, metrics, catalogue::hasSystem, executor, clock);
        OpenFeeds open = add(new OpenFeeds(wiring, server, timer, clock));
        add(new Forgetting(
                memory, publisher::publish, timer, clock, settings.exercise().isPresent()));
        List<OpenFeed> feeds = open.open(settings.file().feeds());
        state.opened(() -> trouble(lease, publisher, registry));
        return feeds;
    }

    private static Optional<String> trouble(FeedLease lease, FeedPublisher publisher, RegistryWatcher registry) {
        if (!lease.held() || !publisher.available()) {
            return Optional.of("no response from the broker");
        }
        return registry.available() ? Optional.empty() : Optional.of("no response from the registry");
    }

    private void awaitLease(FeedLease lease, Consumer<String> progress) throws InterruptedException {
        state.waiting("waiting for the broker, or another instance works");
        long begin = System.nanoTime();
        boolean printed = false;
        while (!lease.awaitHeld(LEASE)) {
            requireRunning();
            if (!printed && System.nanoTime() - begin > STANDBY_AFTER.toNanos()) {
                printed = true;
                progress.accept(
                        "waiting: another instance receives these feeds, and this one takes over when it ends; or the"
                                + " broker does not answer");
            }
        }
    }

    /** The broker or the registry may be away at any moment of the start; then the whole step is repeated. */
    private <T> T retried(String what, Callable<T> step) throws InterruptedException {
        while (true) {
            try {
                return step.call();
            } catch (AuthenticationException | AuthorizationException e) {
                throw e; // Waiting does not help.
            } catch (KafkaException e) {
                requireRunning();
                LOG.warn("cannot {} yet: {}", what, e.toString());
                Thread.sleep(RETRY.toMillis());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("cannot " + what, e);
            }
        }
    }

    private void requireRunning() {
        if (closed) {
            throw new IllegalStateException("stopped");
        }
        failure().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    private <R extends AutoCloseable> R add(R resource) {
        synchronized (resources) {
            if (!closed) {
                resources.push(resource);
                return resource;
            }
        }
        close(resource);
        throw new IllegalStateException("stopped");
    }

    /** Why the feeds must be started again; empty while they work. */
    public Optional<String> failure() {
        return state.fault();
    }

    /** Stops listening, and finishes what is in flight, at most five seconds. */
    @Override
    public void close() {
        threads.closing();
        List<AutoCloseable> all;
        synchronized (resources) {
            closed = true;
            all = new ArrayList<>(resources);
            resources.clear();
        }
        timer.shutdownNow();
        all.forEach(Ingest::close);
        server.close();
        executor.shutdownNow();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("closing {} failed: {}", resource.getClass().getSimpleName(), e.toString());
        }
    }
}
