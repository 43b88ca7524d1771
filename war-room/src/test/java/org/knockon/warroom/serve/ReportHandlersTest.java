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

@Timeout(60)
class ReportHandlersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeBoard board = new FakeBoard();
    private WarRoomServer server;

    @BeforeEach
    void start() {
        server = WarRoomServer.start(
                new WarRoomSettings(
                        Map.of(),
                        "knockon.replay.test.",
                        ZoneId.of("Europe/London"),
                        "127.0.0.1",
                        0,
                        Optional.of("test")),
                board,
                System::currentTimeMillis);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesTheReportInThreeFormatsWithTheSameNumbers() throws Exception {
        board.postponed(1234);

        HttpResponse<String> html = get("/report");
        assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("unsafe");
        assertThat(html.body()).contains("<td class=\"number\">1,234</td>", "EXERCISE, synthetic data: test");
        HttpResponse<String> json = get("/report.json");
        assertThat(JSON.readTree(json.body())
                        .get("summary")
                        .get("figures")
                        .get("postponed")
                        .longValue())
                .isEqualTo(1234);
        HttpResponse<String> csv = get("/report.csv");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body()).contains("EXERCISE,all,,postponed,1234\r\n");
        assertThat(get("/assets/report.css").statusCode()).isEqualTo(200);
    }

    @Test
    void sendsAReportOnlyOnceToAClientThatHasIt() throws Exception {
        board.postponed(5);
        for (String path : List.of("/report", "/report.json", "/report.csv")) {
            HttpResponse<String> first = get(path);
            String etag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(get(path).body()).isEqualTo(first.body());
            assertThat(get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void reportsThePastAndRefusesTheFuture() throws Exception {
        board.wasPostponed(5, FakeBoard.NOW - 600_000);
        board.postponed(9);

        assertThat(get("/report.csv?at=" + (FakeBoard.NOW - 300_000)).body()).contains("all,,postponed,5\r\n");
        assertThat(get("/report?at=2022-07-19T15:00:00%2B01:00").body()).contains("19 July 2022 15:00 BST");
        for (String path : List.of("/report", "/report.json", "/report.csv")) {
            assertThat(get(path + "?at=" + (FakeBoard.NOW + 1)).statusCode()).isEqualTo(400);
            assertThat(get(path + "?at=yesterday").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void reportsNothingWhileTheTopicsAreRead() throws Exception {
        board.ready(false);
        for (String path : List.of("/report", "/report.json", "/report.csv", "/report?at=" + FakeBoard.NOW)) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(503);
        }
    }

    @Test
    void describesEveryMemberOfTheReport() throws Exception {
        board.postponed(1);
        JsonNode schema = JSON.readTree(get("/api/v1/openapi.json").body())
                .get("components")
                .get("schemas")
                .get("Report")
                .get("properties");

        assertThat(names(schema))
                .isEqualTo(names(JSON.readTree(get("/report.json").body())));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
