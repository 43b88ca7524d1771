package org.knockon.containertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The image, run as docker/compose.yaml runs it: read-only, as its own user, without capabilities. */
@InContainers(images = {Image.BASE, Image.KAFKA, Image.REGISTRY})
@ExtendWith(Servers.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ImageIT {

    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    /** Far more than the 40 s that operators are asked to allow: this machine may be busy. */
    private static final String LONGEST_STOP_SECONDS = "240";

    private KnockonImage image;

    @BeforeAll
    void build() {
        image = KnockonImage.build();
    }

    @AfterAll
    void remove() {
        if (image != null) {
            image.close();
        }
    }

    @Test
    void printsItsVersion() {
        String version = image.inspect("{{index .Config.Labels \"org.opencontainers.image.version\"}}");

        assertThat(image.run(List.of(), "--version")).startsWith("knockon " + version + "\n");
    }

    @Test
    void hasNoRightsAndWritesToItsVolumeAndTmpOnly() {
        String script =
                "id -u; id -g; sed -n 's/^CapEff:[[:space:]]*//p; s/^NoNewPrivs:[[:space:]]*//p' /proc/self/status;"
                        + " for folder in / /opt/knockon/lib /etc/knockon/wall /var/lib/knockon /tmp; do"
                        + " (touch $folder/file) 2>/dev/null && echo $folder; done";

        assertThat(image.run(List.of("--entrypoint=bash"), "-c", script).lines())
                .containsExactlyInAnyOrder("1000", "1000", "0000000000000000", "1", "/var/lib/knockon", "/tmp");
    }

    @Test
    void aStreamTurnsHealthyAndEndsInOrderAtSigterm(Servers servers) {
        String[] prefix = {"--prefix", "image."};
        image.job(servers, "topics", "create", prefix[0], prefix[1]);
        String stream = image.start(servers, "stream", prefix[0], prefix[1]);
        try {
            await().atMost(LONGEST_START)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(inspect(stream, "{{.State.Status}} {{.State.Health.Status}}"))
                            .as("%s", Command.docker("logs", stream).run())
                            .isEqualTo("running healthy"));
            assertThat(inspect(stream, "{{range .State.Health.Log}}{{.Output}}{{end}}"))
                    .contains("/health/ready on port 8080: 200");

            Command.docker("stop", "-t", LONGEST_STOP_SECONDS, stream).succeed();

            // 137 would be the end by SIGKILL.
            assertThat(inspect(stream, "{{.State.ExitCode}} {{.State.OOMKilled}}"))
                    .as("%s", Command.docker("logs", stream).run())
                    .isEqualTo("143 false");
        } finally {
            Command.docker("rm", "--force", "--volumes", stream).run();
        }
    }

    /** The jar of all platforms has 73 MB. */
    @Test
    void containsRocksDbForThisPlatformOnly() {
        String script = "stat -c %s /opt/knockon/lib/rocksdbjni-*.jar";

        assertThat(Long.parseLong(image.run(List.of("--entrypoint=bash"), "-c", script)))
                .isLessThan(20_000_000L);
    }

    private static String inspect(String container, String template) {
        return Command.docker("inspect", "--format", template, container).succeed();
    }
}
