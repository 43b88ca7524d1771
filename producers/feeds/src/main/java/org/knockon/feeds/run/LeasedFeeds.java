package org.knockon.feeds.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.knockon.feeds.http.FeedServer;
import org.knockon.feeds.publish.FeedPublisher;
import org.knockon.feeds.publish.PublisherSettings;
import org.knockon.feeds.receive.FeedLife;
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
 * The feeds from the request for the lease to its loss. Nothing that it remembers outlasts it: another instance may have
 * published since.
 *
 * <p>Valid: {@code open}, then {@code lost} now and then, then {@code close}; {@code close} also at any time from another
 * thread, which makes {@code open} fail.
 */
final class LeasedFeeds implements AutoCloseable {

    /**
     * What outlasts it.
     *
     * @param lives by feed
     * @param ports that were opened for a feed before; added to
     */
    record Surroundings(
            IngestState state,
            FeedServer server,
            ExecutorService executor,
            ScheduledExecutorService timer,
            InstantSource clock,
            Map<String, FeedLife> lives,
            Map<String, Integer> ports) {}

    private static final Logger LOG = LoggerFactory.getLogger(LeasedFeeds.class);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration STANDBY_AFTER = Duration.ofSeconds(12);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final IngestSettings settings;
    private final Surroundings around;
    private final IngestState state;
    private final SupervisedThreads threads = new SupervisedThreads();
    private final String group;
    private final FeedLease lease;
    /** The last one is closed first. */
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    private volatile boolean closed;

    LeasedFeeds(IngestSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        this.state = around.state();
        this.group = InstanceGroup.name(
                settings.prefix(),
                settings.file().feeds().stream().map(FeedSettings::name).toList());
        this.lease = add(new FeedLease(settings.client(), settings.prefix(), group, threads));
    }

    /**
     * Waits until no other instance works, reads what is remembered, and opens the ports.
     *
     * @param progress receives lines for people: what it waits for, and warnings
     * @return the open feeds, in the order of the file
     * @throws LeaseLostException if the lease was lost meanwhile
     * @throws IllegalStateException if it was closed meanwhile
     * @throws RuntimeException if a port cannot be opened
     */
    List<OpenFeed> open(Consumer<String> progress) throws InterruptedException {
        state.working(threads);
        lease.start();
        awaitLease(progress);
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
                settings.file(),
                publisher::publish,
                memory,
                around.lives(),
                catalogue::hasSystem,
                around.executor(),
                around.clock());
        OpenFeeds open = add(new OpenFeeds(wiring, around.server(), around.timer(), around.clock(), around.ports()));
        add(new Forgetting(
                memory,
                publisher::publish,
                around.timer(),
                around.clock(),
                settings.exercise().isPresent()));
        List<OpenFeed> feeds = open.open(settings.file().feeds());
        state.opened(() -> trouble(publisher, registry));
        return feeds;
    }

    /** Whether another instance works now, or may. This one must be closed. */
    boolean lost() {
        return lease.lost();
    }

    private Optional<String> trouble(FeedPublisher publisher, RegistryWatcher registry) {
        if (!lease.held() || !publisher.available()) {
            return Optional.of("no response from the broker");
        }
        return registry.available() ? Optional.empty() : Optional.of("no response from the registry");
    }

    private void awaitLease(Consumer<String> progress) throws InterruptedException {
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
        state.fault().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        if (lost()) {
            throw new LeaseLostException();
        }
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

    /** Stops listening, and finishes what is in flight, at most five seconds. Then nothing of it publishes any more. */
    @Override
    public void close() {
        threads.closing();
        List<AutoCloseable> all;
        synchronized (resources) {
            closed = true;
            all = new ArrayList<>(resources);
            resources.clear();
        }
        all.forEach(LeasedFeeds::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("closing {} failed: {}", resource.getClass().getSimpleName(), e.toString());
        }
    }
}
