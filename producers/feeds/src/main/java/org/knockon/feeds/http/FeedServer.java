package org.knockon.feeds.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.settings.HttpSettings;
import org.knockon.server.connection.ConnectionGuard;
import org.knockon.server.connection.ConnectionLimits;
import org.knockon.server.connection.PlainErrors;
import org.knockon.server.connection.ResponseHeaders;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.server.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of all feeds. Health is served from the start; feeds answer 503 until they are {@linkplain #open
 * opened}.
 */
public final class FeedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedServer.class);

    private static final int THREADS = 64;
    private static final int MOST_REQUESTS = 48;
    private static final int MOST_CONNECTIONS = 1_024;
    private static final int MOST_OF_ADDRESS = 256;
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Javalin javalin;
    private final ConnectionGuard connections;
    private final FeedRequests requests;
    private final String scheme;
    private final String host;

    private FeedServer(Javalin javalin, ConnectionGuard connections, FeedRequests requests, HttpSettings settings) {
        this.javalin = javalin;
        this.connections = connections;
        this.requests = requests;
        this.scheme = settings.tls().isPresent() ? "https" : "http";
        String bind = settings.bind();
        boolean everywhere = new InetSocketAddress(bind, 0).getAddress().isAnyLocalAddress();
        this.host = everywhere ? "localhost" : bind.contains(":") ? "[" + bind + "]" : bind;
    }

    /**
     * Starts serving.
     *
     * @throws IllegalStateException if the port cannot be opened
     */
    public static FeedServer start(
            HttpSettings settings,
            FeedHealth health,
            FeedMetrics metrics,
            InstantSource clock,
            SupervisedThreads threads) {
        Optional<ServerTls> tls = settings.tls().map(ServerTls::of);
        ResponseHeaders headers = new ResponseHeaders(tls.isPresent() || settings.behindTlsProxy());
        PlainErrors errors = new PlainErrors(headers);
        ConnectionLimits limits =
                new ConnectionLimits(MOST_CONNECTIONS, settings.behindTlsProxy() ? 0 : MOST_OF_ADDRESS, MOST_REQUESTS);
        ConnectionGuard connections = new ConnectionGuard(limits, path -> false, threads).startWatching();
        FeedRequests requests = new FeedRequests(settings, metrics, clock);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = new QueuedThreadPool(THREADS);
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(errors);
                server.insertHandler(connections);
            });
            config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
            config.jetty.addConnector((server, http) -> {
                http.setSendServerVersion(false);
                http.setRequestHeaderSize(LARGEST_HEADER);
                http.addCustomizer(headers);
                ServerConnector connector = tls.map(own -> own.connector(server, http))
                        .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
                connector.setHost(settings.bind());
                connector.setPort(settings.port());
                connector.setIdleTimeout(IDLE.toMillis());
                connector.addBean(connections);
                return connector;
            });
            config.routes.exception(IOException.class, (e, request) -> {
                LOG.debug("sender disconnected", e);
                // Not the default status: a sender that is still there would take it for success.
                PlainErrors.respond(request, HttpStatus.BAD_REQUEST);
            });
            config.routes.exception(
                    EndpointNotFound.class, (e, request) -> PlainErrors.respond(request, HttpStatus.NOT_FOUND));
            config.routes.exception(
                    MethodNotAllowedResponse.class,
                    (e, request) -> PlainErrors.respond(request, HttpStatus.METHOD_NOT_ALLOWED));
            config.routes.exception(Exception.class, (e, request) -> failed(request, e));
            config.routes.get(
                    "/health/live", request -> health(request, health.fault().map(why -> "down: " + why), "live"));
            config.routes.get(
                    "/health/ready", request -> health(request, health.fault().or(health::notReady), "ready"));
            config.routes.get(
                    "/health/started",
                    request ->
                            health(request, health.started() ? Optional.empty() : Optional.of("starting"), "started"));
            config.routes.get("/metrics", requests::metrics);
            config.routes.get("/feeds", requests::feeds);
            config.routes.get("/feeds/{name}/messages", requests::messages);
            for (String path : new String[] {"/feeds/{name}", "/feeds/{name}/<rest>"}) {
                config.routes.get(path, requests::request);
                config.routes.post(path, requests::request);
                config.routes.put(path, requests::request);
                config.routes.delete(path, requests::request);
            }
        });
        try {
            // The added connector is the only one that listens, so start() takes no address.
            javalin.start();
        } catch (RuntimeException e) {
            connections.close();
            throw new IllegalStateException(
                    "cannot serve HTTP on port " + settings.port() + " of " + settings.bind()
                            + "; choose another in 'http', or 0 for any free one",
                    e);
        }
        return new FeedServer(javalin, connections, requests, settings);
    }

    private static void failed(Context request, Exception failure) {
        // Not its message, which may quote the sender's.
        LOG.error("a request could not be handled: {}", failure.getClass().getName());
        PlainErrors.respond(request, HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static void health(Context request, Optional<String> problem, String otherwise) {
        request.status(problem.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("text/plain")
                .result(problem.orElse(otherwise));
    }

    /** Begins to receive messages. */
    public void open(HttpFeeds feeds) {
        requests.open(feeds);
    }

    public int port() {
        return javalin.port();
    }

    /** The address of the server as programs on this machine reach it. */
    public String address() {
        return scheme + "://" + host + ":" + port();
    }

    /** Refuses further requests, until feeds are opened again, and waits for those in flight. */
    public void drain(Duration atMost) throws InterruptedException {
        requests.drain(atMost);
    }

    @Override
    public void close() {
        javalin.stop();
        connections.close();
    }
}
