package org.knockon.systemtests.warroom;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** A second war room over the same topics, as after a restart. */
final class SecondWarRoom {

    private SecondWarRoom() {}

    /** The first live outages that it sends: it must not send an empty list before it knows them. */
    static JsonNode firstLiveOutages(SharedSandbox.Place place, String prefix, Path folder)
            throws IOException, InterruptedException {
        String[] reach = place.arguments();
        try (ChildCommand warRoom = ChildCommand.start(
                folder, "war-room", "--port", "0", "--prefix", prefix, reach[0], reach[1], reach[2], reach[3])) {
            String line = warRoom.awaitLine(each -> each.startsWith("war room of"));
            URI stream = URI.create(line.replaceFirst(".*(http://\\S+)/wall;.*", "$1/api/v1/stream"));
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
    }
}
