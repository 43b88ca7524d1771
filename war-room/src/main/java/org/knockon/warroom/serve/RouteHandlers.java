package org.knockon.warroom.serve;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.Caller;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.health.BrokerWatcher;
import org.knockon.warroom.health.SupervisedThreads;
import org.knockon.warroom.page.Json;

/** What each route answers. */
final class RouteHandlers {

    private final Publisher publisher;
    private final SupervisedThreads threads;

    RouteHandlers(Publisher publisher, SupervisedThreads threads) {
        this.publisher = publisher;
        this.threads = threads;
    }

    static void file(Context request, StaticFiles.File file) {
        if (notModified(request, file.etag())) {
            return;
        }
        request.contentType(file.type()).result(file.bytes());
    }

    static boolean notModified(Context request, String etag) {
        request.header("ETag", etag);
        boolean same = etag.equals(request.header("If-None-Match"));
        if (same) {
            request.status(HttpStatus.NOT_MODIFIED);
        }
        return same;
    }

    void state(Context request) {
        String at = request.queryParam("at");
        Publisher.Current state = at == null ? publisher.current() : publisher.at(instant(at));
        if (!notModified(request, state.etag())) {
            request.contentType("application/json").result(state.json());
        }
    }

    /** @param at ISO-8601 with an offset, or epoch milliseconds */
    long instant(String at) {
        long instant;
        try {
            instant = at.matches("\\d{1,15}")
                    ? Long.parseLong(at)
                    : OffsetDateTime.parse(at).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRequestResponse(
                    "at must be a time with an offset, such as 2022-07-19T16:42:00Z, or epoch milliseconds");
        }
        long now = publisher
                .now()
                .filter(known -> publisher.ready())
                .orElseThrow(() -> new ServiceUnavailableResponse("no event has been read yet"));
        if (instant > now) {
            throw new BadRequestResponse("at lies in the future: it is " + now);
        }
        if (instant < HistoryWindow.earliest(now)) {
            // Zeros would look like an answer.
            throw new BadRequestResponse("at lies further back than is remembered, which is " + HistoryWindow.DAYS + " days");
        }
        return instant;
    }

    /** What the caller may do, so that a page leaves out what would be refused. */
    static void me(Context request) {
        request.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(Json.written(Map.of("roles", AccessFilter.caller(request).mayDo())));
    }

    void stream(Context request) throws IOException {
        if (publisher.full()) {
            request.header("Retry-After", "30");
            throw new ServiceUnavailableResponse("there are " + Publisher.MOST_STREAMS + " open streams already");
        }
        Caller caller = AccessFilter.caller(request);
        if (publisher.full(caller)) {
            throw AccessFilter.tooMany(request, "you have " + Publisher.MOST_OF_ONE + " open streams already");
        }
        // Proxies that gather what passes would hold events back.
        request.contentType("text/event-stream").header("X-Accel-Buffering", "no");
        // Not Javalin's own stream around it, which keeps what is flushed.
        // A page that pauses between its attempts opens a new stream each time, and can send no header with it.
        String held = Optional.ofNullable(request.queryParam("lastEventId")).orElse(request.header("Last-Event-ID"));
        publisher.stream(request.res().getOutputStream(), held, caller);
    }

    /** Down once a thread has ended by a fault: then only another start helps. */
    void live(Context request) {
        Optional<String> fault = threads.fault();
        request.status(fault.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(fault.map(why -> "down: " + why).orElse("live"));
    }

    void ready(Context request) {
        Optional<String> why = notReady();
        request.status(why.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(why.orElse("ready") + "; pipeline "
                        + publisher.pipeline().state());
    }

    private Optional<String> notReady() {
        return threads.fault()
                .or(() -> publisher.trouble().map(trouble -> switch (trouble) {
                    case FAILED -> "a thread has ended";
                    case BROKER_AWAY -> "no answer from the broker for " + BrokerWatcher.PATIENCE.toSeconds() + " s";
                }))
                .or(() -> publisher.ready() ? Optional.empty() : Optional.of("reading the topics"));
    }
}
