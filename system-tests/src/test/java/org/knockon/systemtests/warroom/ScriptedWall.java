package org.knockon.systemtests.warroom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.impl.TargetClosedError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.Timeline;

/**
 * The war room's page over a board that the test fills, for states that a replay does not reach on demand. The
 * browser's requests are intercepted, so there is no server. Each stream ends at once, and the page reconnects within a
 * second.
 */
final class ScriptedWall {

    static final String ADDRESS = "http://localhost/wall";
    static final Instant NOW = Instant.parse("2022-07-19T15:42:00Z");

    private static final String WAR_ROOM = "/org/knockon/warroom/";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Board board = new Board(ZoneId.of("Europe/London"));
    private final Map<String, Object> extraInTick = new LinkedHashMap<>();
    private String exercise;
    private List<Timeline.Band> liveOutages = List.of();
    private String counting = "RUNNING";
    private String bye;
    private List<String> roles = List.of("viewer", "facilitator", "rebooking");
    private int states;
    private final Instant now;

    ScriptedWall() {
        this(NOW);
    }

    /** @param now event time of the board */
    ScriptedWall(Instant now) {
        this.now = now;
    }

    void answer(BrowserContext browser) {
        browser.route("**/*", route -> {
            try {
                answer(route);
            } catch (TargetClosedError closed) {
                // The browser is closing; nothing waits for the response.
            }
        });
    }

    /** Shows a replay of that name. */
    ScriptedWall exercise(String name) {
        exercise = name;
        return this;
    }

    void outage(String system, long minutesAgo) {
        long from = NOW.toEpochMilli() - minutesAgo * 60_000;
        outage(new Outage(system, from, Outage.OPEN, false, Evidence.OBSERVED, from), null);
    }

    /** @param root its root cause; null if it is a root cause itself */
    void outage(Outage outage, Outage root) {
        String system = outage.systemId();
        board.system(
                system, new MonitoredSystem(system, "System " + system, "ZZ9", "APPLICATION", Set.of(), null, null));
        board.outage(
                outage.id(),
                new PublishedOutage(outage, List.of((root == null ? outage : root).id()), List.of(), List.of()));
    }

    /** @param outages null while unknown */
    void liveOutages(List<Timeline.Band> outages) {
        liveOutages = outages;
    }

    static Timeline.Band live(String name, boolean over) {
        long from = NOW.toEpochMilli();
        Long ended = over ? Long.valueOf(from + 60_000) : null;
        return new Timeline.Band(name + "@" + NOW, name, from, ended, ended, false, from);
    }

    /** @param state of the pipeline, such as STOPPED */
    void counting(String state) {
        counting = state;
    }

    void inTick(String name, Object value) {
        extraInTick.put(name, value);
    }

    /** The last event of the next stream, after which there are no more streams. */
    void bye(String json) {
        bye = json;
    }

    /** The roles of the caller; all by default. */
    void roles(String... ofCaller) {
        roles = List.of(ofCaller);
    }

    private void answer(Route route) {
        URI address = URI.create(route.request().url());
        String path = address.getPath();
        if (path.equals("/api/v1/stream")) {
            stream(route);
        } else if (path.equals("/api/v1/state")) {
            long at = Long.parseLong(address.getQuery().replaceFirst("at=", ""));
            answer(route, "application/json", write(state(board.at(at))));
        } else if (path.equals("/api/v1/timeline")) {
            answer(route, "application/json", write(board.timeline(now.toEpochMilli())));
        } else if (path.equals("/api/v1/me")) {
            answer(route, "application/json", write(Map.of("roles", roles)));
        } else if (path.equals("/wall")) {
            answer(route, "text/html", resource(WAR_ROOM + "page/wall.html"));
        } else if (path.startsWith("/assets/uplot.")) {
            boolean script = path.endsWith(".js");
            answer(route, type(path), resource(uplot() + (script ? "uPlot.esm.js" : "uPlot.min.css")));
        } else if (path.startsWith("/assets/")) {
            answer(route, type(path), resource(WAR_ROOM + "page/" + path.substring("/assets/".length())));
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
        }
    }

    private void stream(Route route) {
        if (bye != null && bye.isEmpty()) {
            route.abort();
            return;
        }
        StringBuilder events = new StringBuilder();
        events.append("id: scripted-").append(states++).append("\nevent: snapshot\ndata: ");
        events.append(write(state(board.now(now.toEpochMilli())))).append("\n\n");
        events.append("event: tick\ndata: ").append(write(tick())).append("\n\n");
        if (bye != null) {
            events.append("event: bye\ndata: ").append(bye).append("\n\n");
            bye = "";
        }
        answer(route, "text/event-stream", events.toString());
    }

    private Map<String, Object> state(Object view) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("build", "scripted");
        state.put("ready", true);
        state.put("exercise", exercise);
        state.put("prefix", "scripted.");
        state.put("unreadable", 0);
        state.put("board", view);
        return state;
    }

    private Map<String, Object> tick() {
        Map<String, Object> tick = new LinkedHashMap<>();
        tick.put("serverTime", System.currentTimeMillis());
        tick.put("eventTime", now.toEpochMilli());
        tick.put("ready", true);
        tick.put("pipeline", Map.of("state", counting, "behindSeconds", 0));
        tick.put("replay", null);
        tick.put("liveOutages", liveOutages == null ? null : new ArrayList<>(liveOutages));
        tick.putAll(extraInTick);
        return tick;
    }

    private static String type(String path) {
        return path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "image/svg+xml";
    }

    private static String uplot() {
        Properties build = new Properties();
        try (InputStream in = Board.class.getResourceAsStream(WAR_ROOM + "build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/uplot/" + build.getProperty("uplot") + "/dist/";
    }

    private static byte[] resource(String name) {
        try (InputStream in = Board.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("not on the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(Route route, String type, String body) {
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(body));
    }

    private static void answer(Route route, String type, byte[] body) {
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBodyBytes(body));
    }
}
