package org.knockon.warroom.serve;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.knockon.server.connection.ConnectionGuard;
import org.knockon.server.connection.ConnectionLimits;
import org.knockon.server.connection.PlainErrors;
import org.knockon.server.connection.ResponseHeaders;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.server.tls.ServerTls;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.replay.ReplayControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: routes, headers and access. */
final class WarRoomServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarRoomServer.class);
    private static final String STREAM = "/api/v1/stream";

    /** Threads for all other requests and for Jetty itself. */
    private static final int OTHER_THREADS = 64;

    /** Concurrent requests. The other threads are for Jetty itself and probes. */
    private static final int MAX_REQUESTS = 48;

    /** More than the open streams, because a browser opens six connections. */
    static final int MAX_CONNECTIONS = 1_024;

    private final Javalin javalin;
    private final Publisher publisher;
    private final ConnectionGuard connections;
    private final SupervisedThreads threads;
    private final WarRoomHealth health;

    private WarRoomServer(
            Javalin javalin,
            Publisher publisher,
            ConnectionGuard connections,
            SupervisedThreads threads,
            WarRoomHealth health) {
        this.health = health;
        this.javalin = javalin;
        this.publisher = publisher;
        this.connections = connections;
        this.threads = threads;
    }

    static WarRoomServer start(WarRoomSettings settings, BoardSource source, LongSupplier wallClock) {
        return start(settings, source, wallClock, Optional.empty());
    }

    static WarRoomServer start(
            WarRoomSettings settings, BoardSource source, LongSupplier wallClock, Optional<ReplayControl> control) {
        return start(settings, source, wallClock, control, new SupervisedThreads());
    }

    /** @param control empty if the war room controls no replay */
    static WarRoomServer start(
            WarRoomSettings settings,
            BoardSource source,
            LongSupplier wallClock,
            Optional<ReplayControl> control,
            SupervisedThreads threads) {
        BuildInfo build = BuildInfo.read();
        StaticFiles page = new StaticFiles(build.uplot());
        Optional<ServerTls> tls = settings.access().tls().map(ServerTls::of);
        AccessFilter access = new AccessFilter(settings.access(), tls, wallClock);
        Publisher publisher = new Publisher(
                source,
                settings,
                wallClock,
                build.version() + "-" + page.fingerprint(),
                control,
                access::stillValid,
                threads);
        WarRoomHealth health = new WarRoomHealth(publisher, threads);
        ResponseHeaders headers = new ResponseHeaders(settings.access().secure());
        PlainErrors errors = new PlainErrors(headers);
        ConnectionGuard connections = new ConnectionGuard(limits(settings), STREAM::equals, threads).startWatching();
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = new QueuedThreadPool(Publisher.MAX_STREAMS + OTHER_THREADS);
            // Events must be sent as they are written, and all other responses are small.
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(errors);
                server.insertHandler(connections);
            });
            config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
            config.jetty.addConnector((server, http) -> {
                http.setSendServerVersion(false);
                http.addCustomizer(headers);
                ServerConnector connector = tls.map(own -> own.connector(server, http))
                        .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
                connector.setHost(settings.bind());
                connector.setPort(settings.port());
                // Under load, clients that the operating system cannot queue would wait for a second.
                connector.setAcceptQueueSize(MAX_CONNECTIONS);
                connector.addBean(connections);
                return connector;
            });
            RouteHandlers handlers = new RouteHandlers(publisher, health);
            config.routes.exception(IOException.class, (e, request) -> LOG.debug("client disconnected", e));
            config.routes.exception(
                    EndpointNotFound.class, (e, request) -> PlainErrors.respond(request, HttpStatus.NOT_FOUND));
            config.routes.exception(
                    MethodNotAllowedResponse.class,
                    (e, request) -> PlainErrors.respond(request, HttpStatus.METHOD_NOT_ALLOWED));
            access.guard(config.routes);
            page.files().forEach((path, file) -> config.routes.get(path, request -> RouteHandlers.file(request, file)));
            config.routes.get("/", request -> request.redirect("/wall", HttpStatus.TEMPORARY_REDIRECT));
            config.routes.get("/api/v1/state", handlers::state);
            config.routes.get(STREAM, handlers::stream);
            config.routes.get("/api/v1/me", RouteHandlers::me);
            new ReportHandlers(handlers, source, settings, build, page).on(config.routes);
            new DrillDownHandlers(handlers, source, settings, wallClock).on(config.routes);
            ReplayHandlers replay = new ReplayHandlers(control, source);
            config.routes.before("/wall", ReplayHandlers::dropForeignSpeed);
            config.routes.get("/api/v1/replay", replay::state);
            config.routes.post("/api/v1/replay", replay::control);
            config.routes.get("/api/v1/timeline", replay::timeline);
            config.routes.get("/health/live", handlers::live);
            config.routes.get("/health/ready", handlers::ready);
        });
        try {
            // The added connector is the only one that listens, so start() takes no address.
            javalin.start();
        } catch (RuntimeException e) {
            publisher.close();
            connections.close();
            throw e;
        }
        return new WarRoomServer(javalin, publisher, connections, threads, health);
    }

    /** Paths of all GET routes. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(route -> route.endpoint.method.equals(HandlerType.GET))
                .forEach(route -> paths.add(route.endpoint.path));
        return paths;
    }

    WarRoomHealth health() {
        return health;
    }

    int port() {
        return javalin.port();
    }

    private static ConnectionLimits limits(WarRoomSettings settings) {
        AccessSettings access = settings.access();
        return new ConnectionLimits(
                MAX_CONNECTIONS, access.behindTlsProxy() ? 0 : access.connectionsPerAddress(), MAX_REQUESTS);
    }

    @Override
    public void close() {
        threads.closing();
        publisher.close();
        javalin.stop();
        connections.close();
    }
}
