package org.knockon.benchmarks.wall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

/** A replay, observed and controlled through the API of its war room, as any program may do. */
final class WatchedReplay {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 100;

    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    WatchedReplay(URI address) {
        this.address = address;
    }

    /** Returns once the wall shows this event time or a later one. */
    void awaitEventTime(Instant instant) throws IOException, InterruptedException {
        while (JSON.readTree(text("/api/v1/state")).path("board").path("now").asLong(0) < instant.toEpochMilli()) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    void speed(String speed) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/replay"))
                        .header("Content-Type", "application/json")
                        .header("Origin", address.resolve("/").toString().replaceFirst("/$", ""))
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("speed", speed))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the replay did not change its speed to " + speed + ": " + response.body());
        }
    }

    /** @throws IllegalStateException if the replay has ended: then part of the time was not measured during a replay */
    void requirePlaying() throws IOException, InterruptedException {
        JsonNode replay = JSON.readTree(text("/api/v1/replay"));
        if (!replay.path("phase").asText().equals("PLAYING")) {
            throw new IllegalStateException("the replay is no longer playing, so this run does not count: " + replay);
        }
    }

    private String text(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
