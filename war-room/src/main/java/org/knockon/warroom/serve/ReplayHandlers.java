package org.knockon.warroom.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.replay.ReplayControl;

/**
 * Reads and changes the state of the replay, and serves the timeline for seeking.
 *
 * <p>Valid: {@code {"paused": true}}, {@code {"speed": "60x"}}, or both. Invalid: neither, or any other member.
 */
final class ReplayHandlers {

    private static final String PAUSED = "paused";
    private static final String SPEED = "speed";

    private final Optional<ReplayControl> control;
    private final BoardSource source;
    private final ObjectMapper json = new ObjectMapper();

    ReplayHandlers(Optional<ReplayControl> control, BoardSource source) {
        this.control = control;
        this.source = source;
    }

    void state(Context request) {
        respond(request, control().state());
    }

    void timeline(Context request) {
        respond(request, source.timeline());
    }

    void control(Context request) {
        ReplayControl replay = control();
        JsonNode change = change(request);
        if (!replay.state().phase().running()) {
            throw new ConflictResponse(
                    switch (replay.state().phase()) {
                        case STARTING -> "the replay has not started yet";
                        default -> "the replay has ended";
                    });
        }
        try {
            if (change.has(SPEED)) {
                replay.speed(change.get(SPEED).textValue());
            }
        } catch (IllegalArgumentException e) {
            throw badRequest(e.getMessage(), e);
        }
        if (change.has(PAUSED)) {
            if (change.get(PAUSED).booleanValue()) {
                replay.pause();
            } else {
                replay.play();
            }
        }
        respond(request, replay.state());
    }

    /**
     * The page sets the speed given in its address, so links on other sites must not contain one. Such a link leads to
     * the page without it.
     */
    static void dropForeignSpeed(Context request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && site.endsWith("-site") && request.queryParam(SPEED) != null) {
            request.redirect("/wall", HttpStatus.SEE_OTHER);
            request.skipRemainingHandlers();
        }
    }

    private ReplayControl control() {
        return control.orElseThrow(() -> new NotFoundResponse(
                "this war room controls no replay: only the one that 'knockon replay' starts" + " does"));
    }

    private JsonNode change(Context request) {
        String type = Optional.ofNullable(request.contentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new HttpResponseException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode(), "send application/json", Map.of());
        }
        JsonNode change;
        try {
            change = json.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw badRequest("the body is not valid JSON", e);
        }
        boolean valid = change.isObject()
                && !change.isEmpty()
                && (!change.has(PAUSED) || change.get(PAUSED).isBoolean())
                && (!change.has(SPEED) || change.get(SPEED).isTextual())
                && change.size() == (change.has(PAUSED) ? 1 : 0) + (change.has(SPEED) ? 1 : 0);
        if (!valid) {
            throw new BadRequestResponse("send {\"paused\": true or false}, {\"speed\": \"60x\"}, or both");
        }
        return change;
    }

    private static BadRequestResponse badRequest(String message, Exception cause) {
        BadRequestResponse response = new BadRequestResponse(message);
        response.initCause(cause);
        return response;
    }

    private void respond(Context request, Object value) {
        try {
            request.contentType("application/json").result(json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can always be written as JSON", e);
        }
    }
}
