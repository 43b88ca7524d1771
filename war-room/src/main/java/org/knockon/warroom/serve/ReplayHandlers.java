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
 * What may be asked of a replay, and what there is to seek in.
 *
 * <p>Right: {@code {"paused": true}}, {@code {"speed": "60x"}}, or both. Wrong: neither, or anything else beside them.
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
        answer(request, control().state());
    }

    void timeline(Context request) {
        answer(request, source.timeline());
    }

    void change(Context request) {
        ReplayControl replay = control();
        JsonNode wish = wish(request);
        if (!replay.state().phase().running()) {
            throw new ConflictResponse(
                    switch (replay.state().phase()) {
                        case STARTING -> "the replay has not begun yet";
                        default -> "the replay has ended";
                    });
        }
        try {
            if (wish.has(SPEED)) {
                replay.speed(wish.get(SPEED).textValue());
            }
        } catch (IllegalArgumentException e) {
            throw badRequest(e.getMessage(), e);
        }
        if (wish.has(PAUSED)) {
            if (wish.get(PAUSED).booleanValue()) {
                replay.pause();
            } else {
                replay.play();
            }
        }
        answer(request, replay.state());
    }

    /**
     * The page changes the speed to that in its address, so a link on another site must not bring one along. Whoever
     * follows such a link gets the page without it.
     */
    static void dropForeignSpeed(Context request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && site.endsWith("-site") && request.queryParam(SPEED) != null) {
            request.redirect("/wall", HttpStatus.SEE_OTHER);
            request.skipRemainingHandlers();
        }
    }

    private ReplayControl control() {
        return control.orElseThrow(
                () -> new NotFoundResponse("there is no replay here that could be controlled: only the war room that"
                        + " 'knockon replay' itself serves has one"));
    }

    private JsonNode wish(Context request) {
        String type = Optional.ofNullable(request.contentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new HttpResponseException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode(), "send application/json", Map.of());
        }
        JsonNode wish;
        try {
            wish = json.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw badRequest("the body is no JSON", e);
        }
        boolean right = wish.isObject()
                && !wish.isEmpty()
                && (!wish.has(PAUSED) || wish.get(PAUSED).isBoolean())
                && (!wish.has(SPEED) || wish.get(SPEED).isTextual())
                && wish.size() == (wish.has(PAUSED) ? 1 : 0) + (wish.has(SPEED) ? 1 : 0);
        if (!right) {
            throw new BadRequestResponse("send {\"paused\": true or false}, {\"speed\": \"60x\"}, or both");
        }
        return wish;
    }

    private static BadRequestResponse badRequest(String message, Exception cause) {
        BadRequestResponse response = new BadRequestResponse(message);
        response.initCause(cause);
        return response;
    }

    private void answer(Context request, Object value) {
        try {
            request.contentType("application/json").result(json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts", e);
        }
    }
}
