package org.knockon.warroom.serve;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.Gate;
import org.knockon.warroom.access.TlsConnector;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.replay.ReplayControl;

/** Routes, headers, and who may ask. */
final class WarRoomServer implements AutoCloseable {

    /** All that a browser may load or connect to is this origin. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** For all other requests, and what Jetty needs for itself. */
    private static final int THREADS_BESIDE_STREAMS = 64;

    /** More than the open streams, for a browser opens six; whoever comes later waits to be accepted. */
    static final int MOST_CONNECTIONS = 1_024;

    private final Javalin javalin;
    private final Publisher publisher;

    private WarRoomServer(Javalin javalin, Publisher publisher) {
        this.javalin = javalin;
        this.publisher = publisher;
    }

    static WarRoomServer start(WarRoomSettings settings, BoardSource source, LongSupplier wallClock) {
        return start(settings, source, wallClock, Optional.empty());
    }

    /** @param control empty where nothing is replayed from here */
    static WarRoomServer start(
            WarRoomSettings settings, BoardSource source, LongSupplier wallClock, Optional<ReplayControl> control) {
        Build build = Build.ofThis();
        Page page = new Page(build.uplot());
        Optional<TlsConnector> tls = settings.access().tls().map(TlsConnector::of);
        Gate gate = new Gate(settings.access(), tls, wallClock);
        Publisher publisher = new Publisher(
                source, settings, wallClock, build.version() + "-" + page.fingerprint(), control, gate::still);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = new QueuedThreadPool(Publisher.MOST_STREAMS + THREADS_BESIDE_STREAMS);
            // Events must leave when they are written, and everything else is small.
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.modifyServer(server -> server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server)));
            tls.ifPresent(own -> config.jetty.addConnector(
                    (server, http) -> own.connector(server, http, settings.bind(), settings.port())));
            Answers answers = new Answers(publisher);
            config.routes.before(WarRoomServer::headers);
            gate.guard(config.routes);
            page.files().forEach((path, file) -> config.routes.get(path, request -> Answers.file(request, file)));
            config.routes.get("/", request -> request.redirect("/wall", HttpStatus.TEMPORARY_REDIRECT));
            config.routes.get("/api/v1/state", answers::state);
            config.routes.get("/api/v1/stream", answers::stream);
            config.routes.get("/api/v1/me", Answers::me);
            new Reports(answers, source, settings, build, page).on(config.routes);
            new DrillDown(answers, source, settings, wallClock).on(config.routes);
            ReplayAnswers replay = new ReplayAnswers(control, source);
            config.routes.before("/wall", ReplayAnswers::dropForeignSpeed);
            config.routes.get("/api/v1/replay", replay::state);
            config.routes.post("/api/v1/replay", replay::change);
            config.routes.get("/api/v1/timeline", replay::timeline);
            config.routes.get("/health/live", request -> request.result("live"));
            config.routes.get("/health/ready", answers::ready);
        });
        try {
            if (tls.isPresent()) {
                // Where a connector was added, it alone listens, and start() takes no address.
                javalin.start();
            } else {
                javalin.start(settings.bind(), settings.port());
            }
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
        return new WarRoomServer(javalin, publisher);
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

    private static void headers(Context request) {
        request.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .header("Cache-Control", "no-cache");
    }

    @Override
    public void close() {
        publisher.close();
        javalin.stop();
    }
}
