package org.knockon.feeds.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.knockon.feeds.http.FeedServer;
import org.knockon.feeds.icinga.IcingaConnection;
import org.knockon.feeds.mllp.MllpListener;
import org.knockon.feeds.mllp.MllpSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open ports of all feeds, and what happens on a schedule. */
final class OpenFeeds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFeeds.class);
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final FeedWiring wiring;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final FeedServer server;
    private final List<MllpListener> listeners = new ArrayList<>();
    private final List<ProbeRunner> probes = new ArrayList<>();
    private final List<Future<?>> repeated = new ArrayList<>();
    /** Ports that were opened before, by feed: any free one stays the same. */
    private final Map<String, Integer> ports;

    OpenFeeds(
            FeedWiring wiring,
            FeedServer server,
            ScheduledExecutorService timer,
            InstantSource clock,
            Map<String, Integer> ports) {
        this.ports = ports;
        this.wiring = wiring;
        this.server = server;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Opens everything.
     *
     * @throws RuntimeException if a port cannot be opened
     */
    synchronized List<OpenFeed> open(List<FeedSettings> feeds) {
        for (FeedWiring.Hl7 feed : wiring.hl7()) {
            MllpListener listener = MllpListener.start(listenerOf(feed), feed.receiver(), clock);
            ports.put(feed.settings().name(), listener.port());
            listeners.add(listener);
            feed.listener().set(listener);
        }
        server.open(wiring.http());
        for (FeedWiring.Probes feed : wiring.probes()) {
            probes.add(new ProbeRunner(feed.settings(), feed.looker(), feed.receiver(), timer, clock).start());
        }
        for (IcingaConnection connection : wiring.icinga()) {
            connection.start();
            repeat(SILENCE.toMillis(), connection::endSilence);
        }
        for (FeedWiring.Monitor feed : wiring.monitors()) {
            feed.settings()
                    .hold()
                    .ifPresent(
                            hold -> repeat(hold.refresh(), () -> feed.receiver().repeat()));
            repeat(LATE.toMillis(), () -> feed.receiver().publishLate());
        }
        return feeds.stream().map(this::opened).toList();
    }

    private MllpSettings listenerOf(FeedWiring.Hl7 feed) {
        MllpSettings settings = feed.settings().listener();
        return settings.onPort(ports.getOrDefault(feed.settings().name(), settings.port()));
    }

    private OpenFeed opened(FeedSettings feed) {
        String kind = feed.kind().word();
        for (FeedWiring.Hl7 hl7 : wiring.hl7()) {
            if (hl7.settings() == feed) {
                return new OpenFeed(
                        feed.name(),
                        kind,
                        Optional.of(hl7.settings().listener().bind()),
                        hl7.listener().get().port(),
                        Optional.empty());
            }
        }
        Optional<String> url =
                feed.receivesPosts() ? Optional.of(server.address() + "/feeds/" + feed.name()) : Optional.empty();
        return new OpenFeed(feed.name(), kind, Optional.empty(), 0, url);
    }

    private void repeat(long every, Runnable work) {
        repeated.add(timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        // Not its message, which may quote a sender. The next run may succeed.
                        LOG.error(
                                "scheduled work of a feed failed: {}",
                                e.getClass().getName());
                    }
                },
                every,
                every,
                TimeUnit.MILLISECONDS));
    }

    /** Closes all ports at the same time, because each waits for the answers that it owes. */
    @Override
    public synchronized void close() {
        repeated.forEach(each -> each.cancel(false));
        probes.forEach(ProbeRunner::close);
        wiring.icinga().forEach(IcingaConnection::close);
        List<Thread> closing = new ArrayList<>();
        for (MllpListener listener : listeners) {
            Thread thread = Daemons.named("closing").newThread(listener::close);
            thread.start();
            closing.add(thread);
        }
        try {
            server.drain(DRAIN);
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
