package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;

/** Replayers that are killed, with a real broker and a real registry. */
class ReplayerKillIT {
    private static final ScenarioEvents DEMO = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));

    private static Sandbox sandbox;
    private static RunTopics topics;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        topics = RunTopics.of(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void publishesEveryEventOnceAlthoughThePacedReplayerIsKilledThreeTimes() throws Exception {
        ReplaySettings settings = topics.create("paced", ReplaySpeed.MAX);
        long killedAt = 0;
        for (long after : List.of(500L, 800L, 1_100L)) {
            killedAt = killAfter(after, "pas-outage-demo", "paced", "6000x");
            assertThat(killedAt).isBetween(after, DEMO.size() - 1);
        }

        ReplayProgress end = RunTopics.replay(DEMO, settings);

        assertThat(end.position()).isEqualTo(DEMO.size());
        assertThat(topics.read(settings)).containsExactlyInAnyOrderElementsOf(RunTopics.expected(DEMO));
    }

    @Test
    void publishesEveryEventOnceAlthoughTheReplayerIsKilledAtFullSpeed() throws Exception {
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));
        ReplaySettings settings = topics.create("fast", ReplaySpeed.MAX);
        for (long after : List.of(20_000L, 300_000L)) {
            assertThat(killAfter(after, "synnovis-2024", "fast", "max")).isLessThan(events.size());
        }

        RunTopics.replay(events, settings);

        Map<RunTopics.Seen, Integer> balance = new HashMap<>();
        RunTopics.expected(events).forEach(seen -> balance.merge(seen, 1, Integer::sum));
        topics.read(settings).forEach(seen -> balance.merge(seen, -1, Integer::sum));
        balance.values().removeIf(count -> count == 0);
        assertThat(balance).isEmpty();
    }

    /** Runs a replay in a separate process and kills it, without cleanup, when it has reached the position. */
    private static long killAfter(long position, String scenario, String run, String speed)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        // A test ends before code of the optimizing compiler would pay.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayProcess.class.getName(),
                        sandbox.bootstrapServers(),
                        sandbox.schemaRegistryUrl(),
                        scenario,
                        run,
                        speed)
                .redirectError(new File("/dev/null"))
                .start();
        long reached = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while (reached < position && (line = out.readLine()) != null) {
                reached = line.matches("\\d+") ? Long.parseLong(line) : reached;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(reached).as("position before the kill").isGreaterThanOrEqualTo(position);
        return reached;
    }
}
