package org.knockon.systemtests.warroom;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

/** A second war room over the same topics, as after a restart. It runs in this JVM. */
final class SecondWarRoom implements AutoCloseable {

    private final WarRoom warRoom;

    private SecondWarRoom(WarRoom warRoom) {
        this.warRoom = warRoom;
    }

    static SecondWarRoom start(SharedSandbox.Place place, String prefix) {
        Map<String, Object> client =
                Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
        return new SecondWarRoom(WarRoom.start(
                new WarRoomSettings(
                        client, prefix, ZoneId.of("Europe/London"), "127.0.0.1", 0, WarRoomSettings.exerciseIn(prefix)),
                System::currentTimeMillis));
    }

    /** Address of the server, to which a path is appended. */
    String address() {
        return warRoom.address().replaceFirst("/wall$", "");
    }

    /** The first live outages that it sends: it must not send an empty list before it knows them. */
    JsonNode firstLiveOutages() throws IOException, InterruptedException {
        URI stream = URI.create(address() + "/api/v1/stream");
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofLines())
                .body()) {
            return lines.filter(each -> each.contains("\"liveOutages\":["))
                    .map(each -> CommandRun.parse(each.substring("data: ".length())))
                    .findFirst()
                    .orElseThrow()
                    .get("liveOutages");
        }
    }

    @Override
    public void close() {
        warRoom.close();
    }
}
