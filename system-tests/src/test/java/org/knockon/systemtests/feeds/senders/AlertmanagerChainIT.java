package org.knockon.systemtests.feeds.senders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.Program;
import org.knockon.systemtests.SharedSandbox;

/**
 * The real chain: Prometheus watches a port, Alertmanager posts, and outages come and go. The configurations are those of
 * docs/integrate.md with shorter times.
 */
@ExtendWith(SharedSandbox.class)
@Timeout(600)
class AlertmanagerChainIT {

    private static final Path PAGE = Path.of("..", "docs", "integrate.md");
    private static final Pattern BLOCK = Pattern.compile("```(?:yaml|text)\n(.*?)```", Pattern.DOTALL);
    private static final String PROMETHEUS = """
            global: {scrape_interval: 1s, evaluation_interval: 1s, scrape_timeout: 1s}
            rule_files: [rules.yml]
            scrape_configs:
              - {job_name: pas, static_configs: [{targets: ["127.0.0.1:%d"]}]}
            alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
            """;
    private static final Duration LAG_AND_INTERVAL = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void aPortThatClosesIsAnOutageAndSoIsADeadAlertmanager(SharedSandbox.Place place) throws Exception {
        Program.require(getClass(), "prometheus", "prometheus-alertmanager", "amtool");
        int feedsPort = Program.freePort();
        int alertmanagerPort = Program.freePort();
        HttpServer pas = watched(0);
        int watchedPort = pas.getAddress().getPort();
        try (WatchedHospital hospital = new WatchedHospital(place, folder, feeds(feedsPort));
                Program alertmanager = alertmanager(feedsPort, alertmanagerPort);
                Program prometheus = prometheus(watchedPort, alertmanagerPort)) {
            hospital.awaitObservation("pas", Instant.EPOCH, "UP");

            Instant closed = Instant.now();
            pas.stop(0);
            JsonNode outage = hospital.awaitOutage("pas", "the port has closed", each -> startedAfter(each, closed));
            assertThat(outage.get("evidence").textValue()).as(outage.toString()).isEqualTo("OBSERVED");

            String amtool = "--alertmanager.url=http://127.0.0.1:" + alertmanagerPort;
            Program.run(folder, "amtool", "alert", "add", "LabDown", "system=lis", "severity=critical", amtool);
            hospital.awaitObservation("lis", closed, "DOWN");

            Instant killed = Instant.now();
            hospital.killIngest();
            hospital.startIngest();
            hospital.awaitObservation("pas", Instant.now(), "DOWN");
            assertThat(hospital.observations("pas"))
                    .filteredOn(each -> WatchedHospital.at(each).isAfter(killed))
                    .as("the alert fires all the time")
                    .extracting(each -> each.get("status").textValue())
                    .containsOnly("DOWN");

            HttpServer opened = watched(watchedPort);
            hospital.awaitOutage(
                    "pas",
                    "the port is open",
                    each -> each.get("startedAt").equals(outage.get("startedAt"))
                            && !each.get("endedAt").isNull());

            alertmanager.kill();
            Instant silent = Instant.now();
            JsonNode silence = hospital.awaitOutage(
                    "pas", "nobody speaks", each -> startedAfter(each, silent.minus(LAG_AND_INTERVAL)));
            assertThat(silence.get("evidence").textValue())
                    .as(silence.toString())
                    .isEqualTo("SILENCE");
            opened.stop(0);
            assertThat(prometheus.isAlive()).as(prometheus.output()).isTrue();
        } finally {
            pas.stop(0);
        }
    }

    private static HttpServer watched(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", exchange -> {
            byte[] metrics = "pas_ok 1\n".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        server.start();
        return server;
    }

    private String feeds(int port) throws IOException {
        Path token = Files.writeString(folder.resolve("am.token"), "a-token-of-alertmanager");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        return "http: {port: " + port + "}\n" + example("kind: alertmanager").replace("lag: 60s", "lag: 4s");
    }

    private Program alertmanager(int feedsPort, int port) throws IOException {
        Files.writeString(
                folder.resolve("alertmanager.yml"),
                example("webhook_configs")
                        .replace("127.0.0.1:8070", "127.0.0.1:" + feedsPort)
                        .replace("group_wait: 10s", "group_wait: 1s")
                        .replace("group_interval: 30s", "group_interval: 2s")
                        .replace("group_interval: 1m", "group_interval: 2s")
                        .replace("repeat_interval: 50s", "repeat_interval: 1s"));
        return Program.start(
                folder,
                Map.of(),
                "prometheus-alertmanager",
                "--config.file=alertmanager.yml",
                "--storage.path=" + folder.resolve("alertmanager"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port);
    }

    private Program prometheus(int watchedPort, int alertmanagerPort) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), example("expr: vector(1)"));
        Files.writeString(folder.resolve("prometheus.yml"), PROMETHEUS.formatted(watchedPort, alertmanagerPort));
        return Program.start(
                folder,
                Map.of(),
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + Program.freePort());
    }

    /** The example of the page that contains a text. */
    private static String example(String text) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no example with " + text));
    }

    private static boolean startedAfter(JsonNode outage, Instant time) {
        return Instant.parse(outage.get("startedAt").textValue()).isAfter(time);
    }
}
