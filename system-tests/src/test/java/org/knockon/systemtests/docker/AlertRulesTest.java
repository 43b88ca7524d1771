package org.knockon.systemtests.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lets Prometheus' own tool check the alert rules, and run them against made-up series. ./verify provides the tool. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("..", "docker", "prometheus");

    @BeforeEach
    void needsPromtool() {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        if (!there) {
            System.out.println("AlertRulesTest is skipped: no promtool on the PATH");
        }
        assumeTrue(there, "no promtool on the PATH");
    }

    @Test
    void theConfigurationIsValid() throws Exception {
        promtool("check", "config", "prometheus.yml");
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        promtool("test", "rules", "alerts.test.yml");
    }

    @Test
    void eachAlertHasATest() throws IOException {
        List<String> alerts = names("alerts.yml", "(?m)^ +- alert: (\\w+)$");

        assertThat(alerts).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(names("alerts.test.yml", "alertname: (\\w+)\\n +exp_alerts:\\n"))
                .containsAll(alerts);
    }

    private static List<String> names(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(FOLDER.resolve(file)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }
}
