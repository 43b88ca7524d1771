package org.knockon.feeds.mllp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.knockon.server.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the messages of one feed. The sockets and TLS are Jetty's: one thread watches all connections, few read and
 * handle. HAPI's own server has a thread for each connection and no limit for a frame.
 */
public final class MllpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MllpListener.class);

    private static final String PROTOCOL = "mllp";
    private static final int IO_THREADS = 8;
    private static final int HANDLER_THREADS = 4;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final MllpSettings settings;
    private final MessageHandler handler;
    private final InstantSource clock;
    private final Server server;
    private final ServerConnector connector;
    private final ThreadPoolExecutor handlers;

    private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder skippedBytes = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private volatile boolean stopping;
    private int port;

    private MllpListener(MllpSettings settings, MessageHandler handler, InstantSource clock) {
        this.settings = settings;
        this.handler = handler;
        this.clock = clock;
        QueuedThreadPool threads = new QueuedThreadPool(IO_THREADS, 2);
        threads.setName("mllp-" + settings.name());
        this.server = new Server(threads);
        // One acceptor: without any, closing the connector leaves the port open.
        Optional<ServerTls> tls = settings.tls().map(files -> ServerTls.of(files, settings.clientCa()));
        this.connector = new ServerConnector(server, null, null, null, 1, 1, factories(tls));
        tls.ifPresent(own -> own.watchWith(connector));
        this.handlers = new ThreadPoolExecutor(
                HANDLER_THREADS, HANDLER_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "mllp-handler-" + settings.name());
                    thread.setDaemon(true);
                    return thread;
                });
        handlers.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens the port.
     *
     * @throws UncheckedIOException if it cannot be opened
     * @throws IllegalArgumentException if a certificate or its key cannot be used
     */
    public static MllpListener start(MllpSettings settings, MessageHandler handler, InstantSource clock) {
        MllpListener listener = new MllpListener(settings, handler, clock);
        listener.start();
        return listener;
    }

    private void start() {
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        server.addConnector(connector);
        try {
            server.start();
            port = connector.getLocalPort();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(
                    "feed " + settings.name() + ": could not open port " + settings.port() + " on " + settings.bind()
                            + ": choose a port that is free",
                    e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("feed " + settings.name() + ": could not start the listener", e);
        }
    }

    private ConnectionFactory[] factories(Optional<ServerTls> tls) {
        List<ConnectionFactory> factories = new ArrayList<>();
        tls.ifPresent(own -> factories.add(new SslConnectionFactory(own.context(), PROTOCOL)));
        factories.add(new AbstractConnectionFactory(PROTOCOL) {
            @Override
            public Connection newConnection(Connector from, EndPoint endPoint) {
                return configure(new MllpConnection(endPoint, MllpListener.this), from, endPoint);
            }
        });
        return factories.toArray(ConnectionFactory[]::new);
    }

    /** The port that was opened, also when it was to be any that is free. */
    public int port() {
        return port;
    }

    public MllpCounts counts() {
        return new MllpCounts(open.get(), refusedConnections.sum(), skippedBytes.sum(), unanswered.sum());
    }

    /** Closes the port, waits at most 5 s for answers that are owed, and resets what is left. */
    @Override
    public void close() {
        stopping = true;
        connector.close();
        connections.forEach(MllpConnection::stopIfIdle);
        boolean interrupted = false;
        long end = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < end && !interrupted) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        connections.forEach(MllpConnection::reset);
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("feed {}: could not stop the listener: {}", settings.name(), e.toString());
        }
        handlers.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the connection may stay. */
    boolean opened(MllpConnection connection) {
        if (stopping || open.incrementAndGet() > settings.maxConnections()) {
            if (!stopping) {
                open.decrementAndGet();
                refusedConnections.increment();
            }
            return false;
        }
        connections.add(connection);
        return true;
    }

    void closed(MllpConnection connection) {
        if (connections.remove(connection)) {
            open.decrementAndGet();
        }
    }

    void handle(ReceivedMessage message, Consumer<byte[]> answer) {
        try {
            handlers.execute(() -> call(message, answer));
        } catch (RejectedExecutionException e) {
            LOG.debug("feed {}: stopped", settings.name());
        }
    }

    private void call(ReceivedMessage message, Consumer<byte[]> answer) {
        try {
            CompletionStage<Optional<byte[]>> stage = handler.handle(message);
            stage.whenComplete((bytes, failure) -> {
                if (failure == null) {
                    bytes.ifPresent(answer);
                } else {
                    failed(failure);
                }
            });
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        // Not the message of the failure: it may quote the sender's.
        LOG.error(
                "feed {}: a message could not be handled: {}",
                settings.name(),
                failure.getClass().getName());
    }

    void skipped(long bytes) {
        skippedBytes.add(bytes);
    }

    void unanswered() {
        unanswered.increment();
    }

    boolean stopping() {
        return stopping;
    }

    Instant now() {
        return clock.instant();
    }

    MllpSettings settings() {
        return settings;
    }

    Executor threads() {
        return connector.getExecutor();
    }

    Scheduler scheduler() {
        return connector.getScheduler();
    }

    ByteBufferPool buffers() {
        return connector.getByteBufferPool();
    }
}
