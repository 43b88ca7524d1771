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
import org.knockon.health.HealthStatus;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.Caller;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.page.Json;

/** The responses of the routes for the state, the stream, the caller and health. */
final class RouteHandlers {

    private final Publisher publisher;
    private final WarRoomHealth health;

    RouteHandlers(Publisher publisher, WarRoomHealth health) {
        this.publisher = publisher;
        this.health = health;
    }

    static void file(Context request, StaticFiles.File file) {
        if (notModified(request, file.etag())) {
            return;
        }
        request.contentType(file.type()).result(file.bytes());
    }

    static boolean notModified(Context request, String etag) {
        request.header("ETag", etag);
        boolean matches = etag.equals(request.header("If-None-Match"));
        if (matches) {
            request.status(HttpStatus.NOT_MODIFIED);
        }
        return matches;
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
            throw new BadRequestResponse("at is in the future: the current time is " + now);
        }
        if (instant < HistoryWindow.earliest(now)) {
            // Zeros would look like real counts.
            throw new BadRequestResponse(
                    "at is before the start of the history, which covers " + HistoryWindow.DAYS + " days");
        }
        return instant;
    }

    /** The roles of the caller, so that a page can hide what would be refused. */
    static void me(Context request) {
        request.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(Json.of(Map.of("roles", AccessFilter.caller(request).allowedRoles())));
    }

    void stream(Context request) throws IOException {
        if (publisher.full()) {
            request.header("Retry-After", "30");
            throw new ServiceUnavailableResponse("the maximum of " + Publisher.MAX_STREAMS + " streams is open");
        }
        Caller caller = AccessFilter.caller(request);
        if (publisher.full(caller)) {
            throw AccessFilter.tooMany(
                    request, "you have the maximum of " + Publisher.MAX_PER_CALLER + " streams open");
        }
        // Buffering proxies would delay events.
        request.contentType("text/event-stream").header("X-Accel-Buffering", "no");
        // Not Javalin's own output stream, which buffers what is flushed.
        // The page opens a new EventSource after each pause, which cannot send a header, so it sends the id in the
        // query.
        String held = Optional.ofNullable(request.queryParam("lastEventId")).orElse(request.header("Last-Event-ID"));
        publisher.stream(request.res().getOutputStream(), held, caller);
    }

    void live(Context request) {
        respond(request, health.live());
    }

    void ready(Context request) {
        respond(request, health.ready());
    }

    private static void respond(Context request, HealthStatus status) {
        request.status(status.up() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(status.contentType())
                .result(status.body());
    }
}
