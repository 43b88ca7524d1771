package org.knockon.systemtests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;

/** Runs the real command, because logging is configured once per process, by its environment. */
@Timeout(120)
class LogFormatIT {

    @TempDir
    private Path folder;

    @Test
    void startsEachLineWithDateAndTimeInUtc() throws Exception {
        Instant before = Instant.now();

        String first = run(Map.of("TZ", "Pacific/Auckland"), 3).get(0);

        assertThat(first).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[o\\.a\\.k\\..*] .*");
        assertThat(Instant.parse(first.substring(0, first.indexOf(' '))))
                .isBetween(before.minus(Duration.ofSeconds(1)), Instant.now());
    }

    @Test
    void writesOneJsonObjectPerLine() throws Exception {
        List<JsonNode> lines = run(Map.of("KNOCKON_LOG", "json"), 3).stream()
                .map(CommandRun::parse)
                .toList();

        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("timestamp").isIntegralNumber()).isTrue();
            assertThat(line.get("level").textValue()).isNotBlank();
            assertThat(line.get("loggerName").textValue()).isNotBlank();
            assertThat(line.get("formattedMessage").isTextual()).isTrue();
        });
        assertThat(lines.get(0).get("loggerName").textValue()).startsWith("org.apache.kafka.");
    }

    @Test
    void rejectsAnotherFormat() throws Exception {
        assertThat(run(Map.of("KNOCKON_LOG", "xml"), 2))
                .containsExactly("knockon: KNOCKON_LOG must be text or json, but is 'xml'");
    }

    /** Returns the lines of standard error of a command that logs, because of --verbose, and reports on standard output. */
    private List<String> run(Map<String, String> environment, int exitCode) throws Exception {
        try (ChildCommand command = ChildCommand.start(
                folder,
                List.of("-Xmx128m"),
                environment,
                "doctor",
                "--verbose",
                "--timeout",
                "2",
                "--bootstrap-server",
                "localhost:1",
                "--schema-registry-url",
                "http://localhost:1")) {
            command.rest();
            assertThat(command.awaitExit(60)).isEqualTo(exitCode);
            assertThat(command.err()).isNotEmpty();
            return command.err().lines().toList();
        }
    }
}
