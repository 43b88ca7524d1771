package org.knockon.warroom.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each role may do, and requests that change something. */
@Timeout(60)
class AccessFilterTest {

    private static final String READ = "/api/v1/state";
    private static final String CHANGE = "/api/v1/replay";
    private static final List<String> ROWS = List.of(
            "/outage/pas@1/appointments",
            "/api/v1/outages/pas@1/appointments",
            "/api/v1/outages/pas@1/appointments.csv");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Javalin javalin;
    private String viewer;
    private String facilitator;
    private String rebooking;
    private String display;

    @BeforeEach
    void start() throws Exception {
        AccessFile file = new AccessFile(folder.resolve("access.json"));
        viewer = bearer(file.addToken("viewer", Set.of(Role.VIEWER), false));
        facilitator = bearer(file.addToken("facilitator", Set.of(Role.FACILITATOR), false));
        rebooking = bearer(file.addToken("rebooking", Set.of(Role.REBOOKING), false));
        display = file.addToken("display", Set.of(Role.VIEWER), true);
        file.addUser("fay", Set.of(Role.FACILITATOR), "secret of fay".toCharArray());
        javalin = serve(new AccessSettings(Optional.of(folder.resolve("access.json")), Optional.empty(), false));
    }

    @AfterEach
    void stop() {
        javalin.stop();
    }

    private static Javalin serve(AccessSettings settings) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new AccessFilter(settings, Optional.empty(), System::currentTimeMillis).guard(config.routes);
                    for (String path : List.of(
                            READ,
                            "/outage/{key}",
                            "/outage/{key}/counts",
                            "/outage/{key}/appointments",
                            "/api/v1/outages/{key}/appointments",
                            "/api/v1/outages/{key}/appointments.csv")) {
                        config.routes.get(
                                path,
                                request -> request.result(
                                        "for " + AccessFilter.caller(request).name()));
                    }
                    config.routes.post(CHANGE, request -> request.result("changed"));
                    config.routes.get("/health/live", request -> request.result("live"));
                })
                .start("127.0.0.1", 0);
    }

    @Test
    void letsEachRoleReadAndPassesTheCallerOn() throws Exception {
        assertThat(get(READ, viewer).body()).isEqualTo("for viewer");
        assertThat(get(READ, facilitator).body()).isEqualTo("for facilitator");
        assertThat(get(READ, rebooking).body()).isEqualTo("for rebooking");
        assertThat(get("/outage/pas@1", viewer).statusCode()).isEqualTo(200);
        assertThat(get("/outage/pas@1/counts", viewer).statusCode()).isEqualTo(200);
    }

    @Test
    void showsRowsToRebookingOnlyHoweverThePathIsSpelt() throws Exception {
        for (String path : ROWS) {
            assertThat(get(path, rebooking).body()).as(path).isEqualTo("for rebooking");
            for (String spelling : List.of(path, path + "/", path + "?at=1", path.replace("@", "%40"))) {
                assertThat(get(spelling, viewer).statusCode()).as(spelling).isEqualTo(403);
                assertThat(get(spelling, facilitator).statusCode()).as(spelling).isEqualTo(403);
                assertThat(get(spelling, "Cookie", "knockon-display=" + display).statusCode())
                        .as(spelling)
                        .isEqualTo(403);
                assertThat(head(spelling, viewer)).as("HEAD " + spelling).isEqualTo(403);
            }
        }
        for (String odd : List.of(
                "/outage/pas@1/%61ppointments",
                "/outage/pas@1//appointments",
                "/outage/../outage/pas@1/appointments",
                "/outage/pas@1/appointments;x",
                "//outage/pas@1/appointments")) {
            assertThat(get(odd, viewer).body()).as(odd).doesNotStartWith("for ");
        }
    }

    @Test
    void offersALoginToAPersonOnADisplay() throws Exception {
        HttpResponse<String> prompt =
                get(ROWS.get(0), "Cookie", "knockon-display=" + display, "Sec-Fetch-Mode", "navigate");
        assertThat(prompt.statusCode()).isEqualTo(401);
        assertThat(prompt.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void letsOnlyFacilitatorsChangeSomething() throws Exception {
        String ours = "http://127.0.0.1:" + javalin.port();
        assertThat(post("Authorization", facilitator, "Origin", ours)).isEqualTo(200);
        assertThat(post("Authorization", viewer, "Origin", ours)).isEqualTo(403);
        assertThat(post("Authorization", rebooking, "Origin", ours)).isEqualTo(403);
        assertThat(post("Cookie", "knockon-display=" + display, "Origin", ours)).isEqualTo(403);
        assertThat(post("Origin", ours)).isEqualTo(401);
    }

    @Test
    void changesNothingForAPageOfAnotherOrigin() throws Exception {
        String ours = "http://127.0.0.1:" + javalin.port();
        String password = "Basic " + Base64.getEncoder().encodeToString("fay:secret of fay".getBytes(UTF_8));
        assertThat(post("Authorization", password, "Origin", ours, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(200);
        for (String[] foreign : new String[][] {
            {"Origin", "https://elsewhere.example"},
            {"Origin", "http://127.0.0.1:1"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Accept", "*/*"}
        }) {
            assertThat(post("Authorization", password, foreign[0], foreign[1]))
                    .as(String.join(": ", foreign))
                    .isEqualTo(403);
        }
    }

    @Test
    void acceptsOnlyTheHttpsOriginIfBrowsersUseHttps() throws Exception {
        javalin.stop();
        javalin = serve(new AccessSettings(Optional.of(folder.resolve("access.json")), Optional.empty(), true));
        String host = "127.0.0.1:" + javalin.port();
        assertThat(post("Authorization", facilitator, "Origin", "http://" + host))
                .isEqualTo(403);
        assertThat(post("Authorization", facilitator, "Origin", "https://" + host))
                .isEqualTo(200);
    }

    @Test
    void needsNoAuthenticationOnLoopbackWithoutAFile() throws Exception {
        javalin.stop();
        javalin = serve(AccessSettings.LOCAL);
        assertThat(get(READ).body()).isEqualTo("for ");
        assertThat(get(ROWS.get(0)).statusCode()).isEqualTo(200);
        assertThat(post("Origin", "http://127.0.0.1:" + javalin.port())).isEqualTo(200);
        assertThat(post("Origin", "https://elsewhere.example")).isEqualTo(403);
    }

    @Test
    void treatsHeadLikeGet() throws Exception {
        for (String path : List.of(READ, ROWS.get(0), "/nothing")) {
            assertThat(head(path, ""))
                    .as(path)
                    .isEqualTo(401)
                    .isEqualTo(get(path).statusCode());
        }
        for (String detour : List.of("/health/..%2fapi/v1/state", "/health/../api/v1/state", "/health/%2e%2e" + READ)) {
            assertThat(get(detour).body()).as(detour).doesNotStartWith("for ");
        }
        assertThat(head(READ, viewer)).isEqualTo(200);
        assertThat(head("/health/live", ""))
                .isEqualTo(200)
                .isEqualTo(get("/health/live").statusCode());
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return get(path, "Authorization", authorization);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int head(String path, String authorization) throws Exception {
        HttpRequest.Builder request = request(path).method("HEAD", HttpRequest.BodyPublishers.noBody());
        return http.send(
                        (authorization.isEmpty() ? request : request.header("Authorization", authorization)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int post(String... headers) throws Exception {
        return http.send(
                        request(CHANGE)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .headers(headers)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + path));
    }
}
