package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.access.Role;

/** A protected war room in which ana is a viewer, with a manual clock. */
abstract class GuardedServer {

    static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    final HttpClient http = HttpClient.newHttpClient();
    final AtomicLong clock = new AtomicLong(1_000_000_000L);
    AccessFile access;
    WarRoomServer server;

    @BeforeEach
    void start() throws Exception {
        access = new AccessFile(folder.resolve("access.json"));
        access.addUser("ana", Set.of(Role.VIEWER), PASSWORD.toCharArray());
        server = WarRoomServer.start(
                settings("127.0.0.1", Optional.of(folder.resolve("access.json")), false), new FakeBoard(), clock::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Moves the clock on: the file is read again after a second. */
    void later() {
        clock.addAndGet(1_000);
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    static WarRoomSettings settings(String bind, Optional<Path> file, boolean behindTlsProxy) {
        return new WarRoomSettings(
                Map.of(),
                "knockon.replay.test.",
                ZoneId.of("Europe/London"),
                bind,
                0,
                Optional.of("test"),
                new AccessSettings(file, Optional.empty(), behindTlsProxy));
    }

    HttpResponse<InputStream> stream(String authorization) throws Exception {
        return http.send(
                request("/api/v1/stream", "Authorization", authorization, "Accept", "text/event-stream"),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return http.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
