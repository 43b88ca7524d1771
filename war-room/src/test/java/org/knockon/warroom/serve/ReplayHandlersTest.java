package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.replay.ReplayState.Phase;

@Timeout(60)
class ReplayHandlersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeBoard board = new FakeBoard();
    private final FakeReplay replay = new FakeReplay();
    private WarRoomServer server;

    @BeforeEach
    void start() {
        server = WarRoomServer.start(settings(), board, System::currentTimeMillis, Optional.of(replay));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pausesPlaysAndChangesTheSpeed() throws Exception {
        assertThat(JSON.readTree(get("/api/v1/replay").body()))
                .isEqualTo(JSON.readTree("{\"phase\": \"PLAYING\", \"from\": " + (FakeBoard.NOW - 3_600_000)
                        + ", \"to\": " + (FakeBoard.NOW + 3_600_000) + ", \"speed\": \"60x\"}"));

        HttpResponse<String> paused = post("{\"paused\": true}", TYPE, "Origin", origin());
        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(paused.body()).get("phase").textValue()).isEqualTo("PAUSED");
        assertThat(replay.state().phase()).isEqualTo(Phase.PAUSED);
        post("{\"paused\": false, \"speed\": \"600x\"}", TYPE, "Sec-Fetch-Site", "same-origin");
        assertThat(replay.state().phase()).isEqualTo(Phase.PLAYING);
        assertThat(replay.state().speed()).isEqualTo("600x");
    }

    @Test
    void refusesPagesOfOtherSitesAndRequestsWithoutOrigin() throws Exception {
        List<String[]> foreign = List.of(
                new String[] {"Origin", "http://elsewhere.example"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", "http://127.0.0.1:1"},
                new String[] {"Origin", origin(), "Sec-Fetch-Site", "cross-site"},
                new String[] {"Origin", origin(), "Sec-Fetch-Site", "same-site"},
                new String[] {"Origin", "http://elsewhere.example", "Sec-Fetch-Site", "same-origin"},
                new String[] {});
        for (String[] headers : foreign) {
            assertThat(post("{\"paused\": true}", TYPE, headers).statusCode())
                    .as(String.join(" ", headers))
                    .isEqualTo(403);
        }
        assertThat(replay.state().phase()).isEqualTo(Phase.PLAYING);
    }

    @Test
    void changesNothingOnGetOrInvalidBodies() throws Exception {
        assertThat(get("/api/v1/replay?paused=true").statusCode()).isEqualTo(200);
        assertThat(post("{\"paused\": true}", "text/plain", "Origin", origin()).statusCode())
                .isEqualTo(415);
        for (String body : List.of(
                "",
                "{}",
                "[]",
                "{\"paused\"",
                "{\"paused\": \"yes\"}",
                "{\"speed\": 60}",
                "{\"speed\": \"fast\"}",
                "{\"paused\": true, \"speed\": \"fast\"}",
                "{\"paused\": true, \"stop\": true}")) {
            assertThat(post(body, TYPE, "Origin", origin()).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(replay.state().phase()).isEqualTo(Phase.PLAYING);
        assertThat(replay.state().speed()).isEqualTo("60x");
    }

    @Test
    void explainsWhyThereIsNothingToControl() throws Exception {
        for (Phase phase : List.of(Phase.STARTING, Phase.ENDED)) {
            replay.phase(phase);
            HttpResponse<String> refused = post("{\"paused\": true}", TYPE, "Origin", origin());
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains(phase == Phase.ENDED ? "ended" : "not started");
            assertThat(replay.state().phase()).isEqualTo(phase);
        }
        server.close();
        server = WarRoomServer.start(settings(), board, System::currentTimeMillis);
        assertThat(get("/api/v1/replay").statusCode()).isEqualTo(404);
        assertThat(post("{\"paused\": true}", TYPE, "Origin", origin()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void ignoresTheSpeedOfALinkOnAnotherSite() throws Exception {
        assertThat(get("/wall?speed=1x", "Sec-Fetch-Site", "cross-site")
                        .headers()
                        .firstValue("Location"))
                .contains("/wall");
        assertThat(get("/wall?speed=1x", "Sec-Fetch-Site", "none").statusCode()).isEqualTo(200);
        assertThat(get("/wall?at=2022-07-19T15:00:00Z", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void describesTheReplayAndTheTimeline() throws Exception {
        board.wasPostponed(5, FakeBoard.NOW - 600_000);
        JsonNode api = JSON.readTree(get("/api/v1/openapi.json").body());
        JsonNode timeline = JSON.readTree(get("/api/v1/timeline").body());

        assertThat(names(JSON.readTree(get("/api/v1/replay").body())))
                .isEqualTo(names(api.at("/components/schemas/Replay/properties")));
        assertThat(names(timeline)).isEqualTo(names(api.at("/components/schemas/Timeline/properties")));
        assertThat(names(api.at("/paths/~1api~1v1~1replay"))).containsExactly("get", "post");
        assertThat(timeline.get("first").longValue()).isEqualTo(FakeBoard.NOW - 600_000);
        assertThat(timeline.get("now").longValue()).isEqualTo(FakeBoard.NOW);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static WarRoomSettings settings() {
        return new WarRoomSettings(
                Map.of(), "knockon.replay.test.", ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.of("test"));
    }

    private String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(origin() + path)), headers);
    }

    private HttpResponse<String> post(String body, String type, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(origin() + "/api/v1/replay"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
