package org.knockon.systemtests.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** Realistic files on a real broker: the valid lines arrive, and each invalid line is reported. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class ProduceMistakesIT {

    private String prefix;

    @BeforeEach
    void createsTopics(SharedSandbox.Place place) {
        // Records of an exercise may be of any time, independent of the clock of this machine.
        prefix = place.prefix() + "replay.mistakes.";
        assertThat(CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix)
                        .exitCode())
                .isZero();
    }

    @Test
    void rejectsOnlyInvalidLines(SharedSandbox.Place place) {
        CommandRun zeroDate = produce(place, "system-health", "excel-zero-date.jsonl");
        assertThat(zeroDate.exitCode()).isEqualTo(1);
        assertThat(zeroDate.err())
                .startsWith("line 2: observedAt is 1899-12-30T00:00:00Z")
                .hasLineCount(1);
        assertThat(zeroDate.out()).isEqualTo("produced 2 records to " + prefix + "system-health, 1 invalid line\n");

        CommandRun all = produce(place, "system-health", "health.jsonl");
        assertThat(all.exitCode()).isEqualTo(1);
        assertThat(all.err()).hasLineCount(25);
        assertThat(all.out()).isEqualTo("produced 3 records to " + prefix + "system-health, 25 invalid lines\n");

        assertThat(produce(place, "system-health", "bom-crlf.jsonl").out())
                .isEqualTo("produced 1 record to " + prefix + "system-health\n");
        assertThat(produce(place, "system-health", "latin1.jsonl").out())
                .isEqualTo("produced 0 records to " + prefix + "system-health, 1 invalid line\n");
        CommandRun empty = produce(place, "system-health", "empty.jsonl");
        assertThat(empty.exitCode()).isZero();
        assertThat(empty.out()).isEqualTo("produced 0 records to " + prefix + "system-health, 0 lines read\n");
        assertThat(produce(place, "systems", "systems.jsonl").exitCode()).isZero();

        List<JsonNode> arrived = CommandRun.of(
                        place,
                        "consume",
                        "--topic",
                        "system-health",
                        "--from-beginning",
                        "--until-end",
                        "--prefix",
                        prefix)
                .json();
        assertThat(arrived.stream()
                        .map(record -> record.get("key").textValue() + " by "
                                + record.get("value").get("monitor").textValue()))
                .containsExactlyInAnyOrder(
                        "pas by a", "pas by c", " pas by probe", "PAS by probe", "pas by probe", "pas by probe");
    }

    @Test
    void rejectsOnlyTheLineOfARecordThatTheProducerRejects(SharedSandbox.Place place) {
        String large = Base64.getEncoder().encodeToString(new byte[3_000_000]);
        String lines =
                "{\"key\":\"YQ==\",\"value\":\"YQ==\"}\n{\"key\":\"YQ==\",\"value\":\"%s\"}\n{\"key\":\"YQ==\",\"value\":null}\n"
                        .formatted(large);

        CommandRun run = CommandRun.withInput(
                place, lines, "produce", "--topic", "dead-letters", "--file", "-", "--prefix", prefix);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("line 2: The message is 3000").hasLineCount(1);
        assertThat(run.out()).isEqualTo("produced 2 records to " + prefix + "dead-letters, 1 invalid line\n");
    }

    @Test
    void stopsWithASummaryIfTheRegistryRefusesAccess(SharedSandbox.Place place) throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            // Answers the connectivity probe and refuses everything else.
            boolean probe = exchange.getRequestURI().getPath().contains("connectivity-probe");
            byte[] answer = (probe ? "{\"error_code\":40401}" : "{\"error_code\":40301,\"message\":\"not yours\"}")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(probe ? 404 : 403, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        registry.start();
        try {
            String[] arguments = place.arguments();
            arguments[3] = "http://localhost:" + registry.getAddress().getPort();
            CommandRun run = CommandRun.with(
                    arguments,
                    "produce",
                    "--topic",
                    "system-health",
                    "--file",
                    file("health.jsonl"),
                    "--prefix",
                    prefix);

            assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
            assertThat(run.err()).contains("not yours");
            assertThat(run.out())
                    .isEqualTo("produced 0 records to " + prefix
                            + "system-health, 9 invalid lines, stopped after line 10\n");
        } finally {
            registry.stop(0);
        }
    }

    private CommandRun produce(SharedSandbox.Place place, String topic, String file) {
        return CommandRun.of(place, "produce", "--topic", topic, "--file", file(file), "--prefix", prefix);
    }

    private static String file(String name) {
        return Path.of("..", "cli", "src", "test", "resources", "produce-mistakes", name)
                .toString();
    }
}
