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
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.access.TlsConnector;
import org.knockon.warroom.connection.ConnectionGuard;
import org.knockon.warroom.connection.ConnectionLimits;
import org.knockon.warroom.connection.PlainErrors;
import org.knockon.warroom.connection.ResponseHeaders;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.health.SupervisedThreads;
import org.knockon.warroom.replay.ReplayControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes, headers, and who may ask. */
final class WarRoomServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarRoomServer.class);
    private static final String STREAM = "/api/v1/stream";

    /** For all other requests, and what Jetty needs for itself. */
    private static final int THREADS_BESIDE_STREAMS = 64;

    /** The rest is Jetty's, and for probes. */
    private static final int MOST_ANSWERS = 48;

    /** More than the open streams, for a browser opens six. */
    static final int MOST_CONNECTIONS = 1_024;

    private final Javalin javalin;
    private final Publisher publisher;
    private final ConnectionGuard door;
    private final SupervisedThreads threads;

    private WarRoomServer(Javalin javalin, Publisher publisher, ConnectionGuard door, SupervisedThreads threads) {
        this.javalin = javalin;
        this.publisher = publisher;
        this.door = door;
        this.threads = threads;
    }

    static WarRoomServer start(WarRoomSettings settings, BoardSource source, LongSupplier wallClock) {
        return start(settings, source, wallClock, Optional.empty());
    }

    static WarRoomServer start(
            WarRoomSettings settings, BoardSource source, LongSupplier wallClock, Optional<ReplayControl> control) {
        return start(settings, source, wallClock, control, new SupervisedThreads());
    }

    /** @param control empty where nothing is replayed from here */
    static WarRoomServer start(
            WarRoomSettings settings,
            BoardSource source,
            LongSupplier wallClock,
            Optional<ReplayControl> control,
            SupervisedThreads threads) {
        BuildInfo build = BuildInfo.ofThis();
        StaticFiles page = new StaticFiles(build.uplot());
        Optional<TlsConnector> tls = settings.access().tls().map(TlsConnector::of);
        AccessFilter gate = new AccessFilter(settings.access(), tls, wallClock);
        Publisher publisher = new Publisher(
                source, settings, wallClock, build.version() + "-" + page.fingerprint(), control, gate::still, threads);
        ResponseHeaders headers = new ResponseHeaders(settings.access().secure());
        PlainErrors errors = new PlainErrors(headers);
        ConnectionGuard door = new ConnectionGuard(limits(settings), STREAM::equals, threads).watching();
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = new QueuedThreadPool(Publisher.MOST_STREAMS + THREADS_BESIDE_STREAMS);
            // Events must leave when they are written, and everything else is small.
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(errors);
                server.insertHandler(door);
            });
            config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
            config.jetty.addConnector((server, http) -> {
                http.setSendServerVersion(false);
                http.addCustomizer(headers);
                ServerConnector connector = tls.map(own -> own.connector(server, http))
                        .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
                connector.setHost(settings.bind());
                connector.setPort(settings.port());
                // In a storm the operating system would make clients that it cannot queue wait for a second.
                connector.setAcceptQueueSize(MOST_CONNECTIONS);
                connector.addBean(door);
                return connector;
            });
            RouteHandlers answers = new RouteHandlers(publisher, threads);
            config.routes.exception(IOException.class, (e, request) -> LOG.debug("a client has gone", e));
            config.routes.exception(
                    EndpointNotFound.class, (e, request) -> PlainErrors.say(request, HttpStatus.NOT_FOUND));
            config.routes.exception(
                    MethodNotAllowedResponse.class,
                    (e, request) -> PlainErrors.say(request, HttpStatus.METHOD_NOT_ALLOWED));
            gate.guard(config.routes);
            page.files().forEach((path, file) -> config.routes.get(path, request -> RouteHandlers.file(request, file)));
            config.routes.get("/", request -> request.redirect("/wall", HttpStatus.TEMPORARY_REDIRECT));
            config.routes.get("/api/v1/state", answers::state);
            config.routes.get(STREAM, answers::stream);
            config.routes.get("/api/v1/me", RouteHandlers::me);
            new ReportHandlers(answers, source, settings, build, page).on(config.routes);
            new DrillDownHandlers(answers, source, settings, wallClock).on(config.routes);
            ReplayHandlers replay = new ReplayHandlers(control, source);
            config.routes.before("/wall", ReplayHandlers::dropForeignSpeed);
            config.routes.get("/api/v1/replay", replay::state);
            config.routes.post("/api/v1/replay", replay::change);
            config.routes.get("/api/v1/timeline", replay::timeline);
            config.routes.get("/health/live", answers::live);
            config.routes.get("/health/ready", answers::ready);
        });
        try {
            // Where a connector was added, it alone listens, and start() takes no address.
            javalin.start();
        } catch (RuntimeException e) {
            publisher.close();
            door.close();
            throw e;
        }
        return new WarRoomServer(javalin, publisher, door, threads);
    }

    /** Paths that answer GET. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(route -> route.endpoint.method.equals(HandlerType.GET))
                .forEach(route -> paths.add(route.endpoint.path));
        return paths;
    }

    int port() {
        return javalin.port();
    }

    private static ConnectionLimits limits(WarRoomSettings settings) {
        AccessSettings access = settings.access();
        return new ConnectionLimits(
                MOST_CONNECTIONS, access.behindTlsProxy() ? 0 : access.connectionsPerAddress(), MOST_ANSWERS);
    }

    @Override
    public void close() {
        threads.closing();
        publisher.close();
        javalin.stop();
        door.close();
    }
}
