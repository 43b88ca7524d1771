package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;

/** A page that opens a new EventSource sends the id of its state in the address. */
@Timeout(60)
class ResumeTest {

    @Test
    void sendsNoStateToAClientThatHasIt() throws Exception {
        WarRoomSettings settings =
                new WarRoomSettings(Map.of(), "knockon.", ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
        try (WarRoomServer server = WarRoomServer.start(settings, new FakeBoard(), () -> FakeBoard.NOW)) {
            String stream = "http://127.0.0.1:" + server.port() + "/api/v1/stream";
            String id = firstLine(stream);
            // The state may change between the two requests.
            while (!firstLine(stream).equals(id)) {
                id = firstLine(stream);
            }
            assertThat(id).startsWith("id: ");
            assertThat(firstLine(stream + "?lastEventId=" + id.replace("id: ", "")))
                    .isEqualTo("event: tick");
            assertThat(firstLine(stream + "?lastEventId=another-1")).isEqualTo(id);
        }
    }

    private static String firstLine(String address) throws IOException {
        URLConnection connection = URI.create(address).toURL().openConnection();
        connection.setReadTimeout(30_000);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
            return lines.readLine();
        }
    }
}
