package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;

@Timeout(60)
class WarRoomServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeBoard board = new FakeBoard();
    private WarRoomServer server;

    @BeforeEach
    void start() {
        server = WarRoomServer.start(settings("127.0.0.1"), board, System::currentTimeMillis);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesExactlyThePathsOfItsDescription() throws Exception {
        JsonNode described = JSON.readTree(get("/api/v1/openapi.json").body()).get("paths");
        TreeSet<String> paths = new TreeSet<>();
        server.paths().forEach(path -> paths.add(path.replaceFirst("^/assets/.*", "/assets/{file}")));

        TreeSet<String> documented = new TreeSet<>();
        described.fieldNames().forEachRemaining(documented::add);
        assertThat(documented).isEqualTo(paths);
    }

    @Test
    void describesEveryMemberOfTheState() throws Exception {
        board.postponed(3);
        JsonNode schema = JSON.readTree(get("/api/v1/openapi.json").body())
                .get("components")
                .get("schemas")
                .get("State")
                .get("properties");
        JsonNode state = awaitPostponed(3);

        assertThat(names(schema)).isEqualTo(names(state));
        assertThat(names(schema.get("board").get("properties"))).isEqualTo(names(state.get("board")));
    }

    @Test
    void sendsAStateOnlyOnceToAClientThatHasIt() throws Exception {
        board.postponed(7);
        awaitPostponed(7);
        HttpResponse<String> first = get("/api/v1/state");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(get("/api/v1/state", "If-None-Match", etag).statusCode()).isEqualTo(304);
        board.postponed(8);
        awaitPostponed(8);
        assertThat(get("/api/v1/state", "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void showsThePastAndRefusesTheFuture() throws Exception {
        board.wasPostponed(5, FakeBoard.NOW - 600_000);
        board.postponed(9);

        HttpResponse<String> past = get("/api/v1/state?at=" + (FakeBoard.NOW - 300_000));
        assertThat(postponed(JSON.readTree(past.body()))).isEqualTo(5);
        assertThat(get("/api/v1/state?at=2022-07-19T15:00:00%2B01:00").statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/state?at=" + (FakeBoard.NOW + 1)).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/state?at=" + (FakeBoard.NOW - 101L * 24 * 3_600_000))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/api/v1/state?at=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/state?at=%2B999999999-01-01T00:00:00Z").statusCode())
                .isEqualTo(400);
        board.wasPostponed(3, FakeBoard.NOW - 72L * 24 * 3_600_000);
        JsonNode longAgo = JSON.readTree(get("/api/v1/state?at=" + (FakeBoard.NOW - 60L * 24 * 3_600_000))
                .body());
        assertThat(longAgo.at("/board/postponed/postponed").longValue()).isEqualTo(3);
        assertThat(longAgo.at("/board/now").longValue())
                .as("the hour it is of: 15:00")
                .isEqualTo(FakeBoard.NOW - 60L * 24 * 3_600_000 - 42 * 60_000);
    }

    @Test
    void restrictsBrowsersToItsOwnOriginAndForbidsFraming() throws Exception {
        for (String path : List.of("/wall", "/assets/app.js", "/api/v1/state", "/nothing")) {
            Map<String, List<String>> headers = get(path).headers().map();
            assertThat(headers.get("content-security-policy").get(0))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
            assertThat(headers).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void rejectsRequestsForAnotherHost() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/state HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("postponed");
        }
    }

    @Test
    void isNotReadyAndHasNoBoardWhileTheTopicsAreRead() throws Exception {
        board.ready(false);
        JsonNode state = JSON.readTree(get("/api/v1/state").body());
        while (state.get("ready").booleanValue()) {
            Thread.sleep(50);
            state = JSON.readTree(get("/api/v1/state").body());
        }
        assertThat(state.get("board").isNull()).isTrue();
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void streamsSnapshotsAndTicksAndResumesWithoutRepeating() throws Exception {
        board.postponed(1);
        awaitPostponed(1);
        String id;
        try (Stream stream = new Stream(null)) {
            Event first = stream.next();
            assertThat(first.name).isEqualTo("snapshot");
            assertThat(postponed(first.data)).isEqualTo(1);
            board.postponed(2);
            Event second = stream.next("snapshot");
            assertThat(postponed(second.data)).isEqualTo(2);
            assertThat(stream.next("tick").data.get("pipeline").get("state").textValue())
                    .isEqualTo("RUNNING");
            id = second.id;
        }
        try (Stream again = new Stream(id)) {
            assertThat(again.next().name).isEqualTo("tick");
        }
        try (Stream behind = new Stream("another-1")) {
            assertThat(behind.next().name).isEqualTo("snapshot");
        }
    }

    @Test
    void sendsByeWhenItStops() throws Exception {
        try (Stream stream = new Stream(null)) {
            stream.next();
            new Thread(() -> server.close()).start();
            assertThat(stream.next("bye").data.toString()).isEqualTo("{\"why\":\"stopping\"}");
        }
    }

    @Test
    void servesOthersDespiteStuckClients() throws Exception {
        List<Socket> stuck = new ArrayList<>();
        try (Stream reader = new Stream(null)) {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(1024);
                socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
                socket.getOutputStream().write(request(server.port(), null));
                stuck.add(socket);
            }
            long slowest = 0;
            for (int postponed = 10; postponed < 30; postponed++) {
                board.postponed(postponed);
                long since = System.nanoTime();
                while (postponed(reader.next("snapshot").data) != postponed) {
                    assertThat(System.nanoTime() - since).isLessThan(10_000_000_000L);
                }
                slowest = Math.max(slowest, System.nanoTime() - since);
            }
            assertThat(slowest / 1_000_000).as("milliseconds").isLessThan(2_000);
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void refusesToListenOnPublicAddressesWithoutProtection() {
        assertThatThrownBy(() -> settings("0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback")
                .hasMessageContaining("0.0.0.0");
        assertThatThrownBy(() -> settings("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recognisesAnExerciseByItsPrefix() {
        assertThat(WarRoomSettings.exerciseIn("knockon.replay.july.")).contains("july");
        assertThat(WarRoomSettings.exerciseIn("knockon.")).isEmpty();
        assertThat(WarRoomSettings.exerciseIn("noreplay.")).isEmpty();
    }

    private static WarRoomSettings settings(String bind) {
        return new WarRoomSettings(
                Map.of(), "knockon.replay.test.", ZoneId.of("Europe/London"), bind, 0, Optional.of("test"));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode awaitPostponed(long postponed) throws Exception {
        while (true) {
            JsonNode state = JSON.readTree(get("/api/v1/state").body());
            if (postponed(state) == postponed) {
                return state;
            }
            Thread.sleep(50);
        }
    }

    private static long postponed(JsonNode state) {
        return state.get("board").get("postponed").get("postponed").longValue();
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static byte[] request(int port, String lastEventId) {
        return ("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: text/event-stream\r\n"
                        + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n")
                .getBytes(UTF_8);
    }

    private record Event(String name, String id, JsonNode data) {}

    /** Parses events like a browser's EventSource. */
    private final class Stream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Stream(String lastEventId) throws IOException {
            socket = new Socket("127.0.0.1", server.port());
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request(server.port(), lastEventId));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        Event next(String name) throws IOException {
            Event event = next();
            while (!event.name.equals(name)) {
                event = next();
            }
            return event;
        }

        Event next() throws IOException {
            String name = null;
            String id = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    return new Event(name, id, JSON.readTree(line.substring(6)));
                }
            }
            throw new AssertionError("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
