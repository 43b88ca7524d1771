package org.knockon.feeds.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.settings.Credential;
import org.knockon.feeds.settings.HttpSettings;
import org.knockon.server.access.ClientAddress;
import org.knockon.server.access.RateLimit;
import org.knockon.server.connection.PlainErrors;

/** Handles the requests to feeds, and those of people and Prometheus about feeds. */
final class FeedRequests {

    private static final String BASE = "/feeds/";
    private static final String JSON = "application/json";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String LISTS = "/feeds";
    /** Without an answer of Kafka by then, a sender gets 503. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);
    /** Requests of one feed at the same time, so that one sender does not occupy the server. */
    private static final int MOST_OF_FEED = 16;

    private final HttpSettings settings;
    private final FeedMetrics metrics;
    private final InstantSource clock;
    private final Logins logins;
    private final BodyReader bodies = new BodyReader();
    private final Map<String, Semaphore> inFlight = new ConcurrentHashMap<>();
    private final Semaphore all = new Semaphore(Integer.MAX_VALUE);
    private volatile Optional<HttpFeeds> feeds = Optional.empty();
    private volatile boolean draining;

    FeedRequests(HttpSettings settings, FeedMetrics metrics, InstantSource clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.logins = new Logins(clock::millis);
    }

    void open(HttpFeeds opened) {
        feeds = Optional.of(opened);
        draining = false;
    }

    void drain(Duration atMost) throws InterruptedException {
        draining = true;
        if (all.tryAcquire(Integer.MAX_VALUE, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            all.release(Integer.MAX_VALUE);
        }
    }

    void metrics(Context request) {
        if (mayRead(request)) {
            request.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
        }
    }

    void feeds(Context request) {
        if (mayRead(request)) {
            request.contentType(JSON).result(FeedsJson.feeds(metrics.snapshots()));
        }
    }

    void messages(Context request) {
        if (!mayRead(request)) {
            return;
        }
        FeedJournal journal = feeds.map(HttpFeeds::journals).orElse(Map.of()).get(request.pathParam("name"));
        String controlId = request.queryParam("controlId");
        if (journal == null) {
            PlainErrors.respond(request, HttpStatus.NOT_FOUND);
        } else if (controlId == null || controlId.isEmpty()) {
            request.status(HttpStatus.BAD_REQUEST).result("give the id of the message: ?controlId=ID");
        } else {
            request.contentType(JSON).result(FeedsJson.messages(journal.find(controlId, clock.millis())));
        }
    }

    void request(Context request) throws IOException {
        String name = request.pathParam("name");
        if (feeds.isEmpty() || draining) {
            unavailable(request);
            return;
        }
        HttpFeeds.Post post = feeds.get().posts().get(name);
        if (post == null) {
            PlainErrors.respond(request, HttpStatus.NOT_FOUND);
            return;
        }
        HttpFeed feed = post.feed();
        if (!feed.methods().contains(request.method().name())) {
            PlainErrors.respond(request, HttpStatus.METHOD_NOT_ALLOWED);
        } else if (fromPage(request)) {
            request.status(HttpStatus.FORBIDDEN).result("a page of a browser may not send messages");
        } else if (mayPost(request, name, post)) {
            Semaphore own = inFlight.computeIfAbsent(name, unused -> new Semaphore(MOST_OF_FEED));
            if (!own.tryAcquire()) {
                respond(request, feed.unavailable());
                return;
            }
            all.acquireUninterruptibly();
            boolean handed = false;
            try {
                handed = handle(request, feed, () -> {
                    own.release();
                    all.release();
                });
            } finally {
                if (!handed) {
                    own.release();
                    all.release();
                }
            }
        }
    }

    /** Returns whether the request is handled asynchronously; {@code done} then runs at its end. */
    private boolean handle(Context request, HttpFeed feed, Runnable done) throws IOException {
        long receivedAt;
        String path = path(request);
        BodyReader.Body body;
        try {
            body = bodies.read(request.bodyInputStream(), request.header("Content-Encoding"), feed.largestBody(path));
            receivedAt = clock.millis();
        } catch (ZipException | EOFException e) {
            refuse(request, feed, RefusalReason.UNREADABLE);
            return false;
        }
        if (body.problem() != BodyReader.Problem.NONE) {
            body.close();
            switch (body.problem()) {
                case TOO_LARGE -> refuse(request, feed, RefusalReason.TOO_LARGE);
                case ENCODING -> refuse(request, feed, RefusalReason.WRONG_TYPE);
                default -> respond(request, feed.unavailable());
            }
            return false;
        }
        CompletableFuture<FeedResponse> response;
        try {
            FeedRequest read = new FeedRequest(request.method().name(), path, request.headerMap(), body.content());
            response = feed.handle(read, receivedAt).toCompletableFuture();
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
        // Before the answer, or a sender that has it could find no place for its next request.
        CompletableFuture<FeedResponse> finished = response.whenComplete((answer, failure) -> {
            body.close();
            done.run();
        });
        request.future(() -> finished.copy()
                .completeOnTimeout(feed.unavailable(), ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(answer -> respond(request, answer)));
        return true;
    }

    private void refuse(Context request, HttpFeed feed, RefusalReason reason) throws IOException {
        BodyReader.discard(request.bodyInputStream());
        // Of a large body something is left: the connection ends with the response.
        request.header("Connection", "close");
        respond(request, refused(request, feed, reason));
    }

    private FeedResponse refused(Context request, HttpFeed feed, RefusalReason reason) {
        return feed.refuse(reason, request.method().name(), Math.max(0, request.contentLength()), clock.millis());
    }

    private boolean mayPost(Context request, String name, HttpFeeds.Post post) {
        return switch (logins.check(post.credential(), request.header("Authorization"), address(request), name)) {
            case ACCEPTED -> true;
            case REFUSED -> {
                challenge(request, post.credential());
                respond(request, refused(request, post.feed(), RefusalReason.UNAUTHORISED));
                yield false;
            }
            case BLOCKED -> {
                tooMany(request);
                yield false;
            }
        };
    }

    private boolean mayRead(Context request) {
        return switch (logins.check(settings.credential(), request.header("Authorization"), address(request), LISTS)) {
            case ACCEPTED -> true;
            case REFUSED -> {
                challenge(request, settings.credential());
                PlainErrors.respond(request, HttpStatus.UNAUTHORIZED);
                yield false;
            }
            case BLOCKED -> {
                tooMany(request);
                yield false;
            }
        };
    }

    private static void challenge(Context request, Optional<Credential> wanted) {
        wanted.ifPresent(
                credential -> request.header("WWW-Authenticate", credential.scheme() + " realm=\"Knock-on feeds\""));
    }

    /** Never 429: Alertmanager would drop the message. */
    private static void tooMany(Context request) {
        request.header(RETRY_AFTER, Integer.toString(RateLimit.RETRY_SECONDS));
        PlainErrors.respond(request, HttpStatus.SERVICE_UNAVAILABLE);
    }

    private static void unavailable(Context request) {
        request.header(RETRY_AFTER, "5");
        PlainErrors.respond(request, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** A browser on this machine must not send messages for a page that it shows. Browsers say so themselves. */
    private static boolean fromPage(Context request) {
        boolean changes = !request.method().equals(HandlerType.GET);
        return changes && (request.header("Origin") != null || request.header("Sec-Fetch-Site") != null);
    }

    private String address(Context request) {
        return ClientAddress.of(request, settings.behindTlsProxy());
    }

    /** Below the feed's base, decoded. */
    private static String path(Context request) {
        String path = request.path();
        int end = path.indexOf('/', BASE.length());
        String below = end < 0 ? "" : path.substring(end);
        try {
            return URLDecoder.decode(below.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return below;
        }
    }

    private static void respond(Context request, FeedResponse response) {
        request.status(response.status());
        response.headers().forEach(request::header);
        request.result(response.body());
    }
}
