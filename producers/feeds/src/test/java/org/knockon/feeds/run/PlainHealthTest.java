package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.health.HealthAddress;

/** Health and metrics in plain HTTP, as a probe and Prometheus read them. The instance stands by: no feed is open. */
class PlainHealthTest {

    @TempDir
    private Path folder;

    @Test
    void aStandbyIsLiveAndNotReady() throws Exception {
        try (Ingest ingest = start(new HealthAddress("127.0.0.1", 0))) {
            assertThat(get(ingest, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(ingest, "/health/live").body()).isEqualTo("live");
            assertThat(get(ingest, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(ingest, "/health/ready").body()).isEqualTo("starting");
            assertThat(get(ingest, "/metrics").body()).contains("knockon_ingest_ready 0");
        }
    }

    @Test
    void nothingElseIsServedThere() throws Exception {
        try (Ingest ingest = start(new HealthAddress("127.0.0.1", 0))) {
            assertThat(get(ingest, "/feeds").statusCode()).isEqualTo(404);
            assertThat(get(ingest, "/feeds/probes").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void thereAreNoneUnlessAskedFor() throws Exception {
        try (Ingest ingest = start(HealthAddress.NONE)) {
            assertThat(ingest.healthPort()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(new HealthAddress("0.0.0.0", taken.getLocalPort())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("health.port " + taken.getLocalPort() + " on 0.0.0.0 cannot be served: ");
        }
    }

    private Ingest start(HealthAddress health) throws IOException {
        Path file = Files.writeString(folder.resolve("feeds.yaml"), """
                http: {port: 0}
                feeds:
                  - {name: probes, kind: probe, every: 30s, timeout: 5s, systems: [{id: pacs, tcp: "pacs.example:104"}]}
                """);
        return Ingest.start(
                new IngestSettings(Map.of(), "knockon.", FeedsFileReader.read(file), Optional.empty(), health),
                InstantSource.system());
    }

    private static HttpResponse<String> get(Ingest ingest, String path) throws Exception {
        String address = "http://127.0.0.1:" + ingest.healthPort().orElseThrow();
        return RunningFeeds.send(HttpClient.newHttpClient(), address, "GET", path, null, Map.of());
    }
}
