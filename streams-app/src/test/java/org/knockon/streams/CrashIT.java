package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Verdict;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.streams.app.KnockonStreams;

/** The pipeline on a real broker, killed with SIGKILL. */
@ExtendWith(SharedSandbox.class)
class CrashIT {

    private static final int PARTITIONS = 4;
    /** {@code ./verify --long} kills more often and sends more events. */
    private static final boolean LONG = Boolean.getBoolean("knockon.long");

    /**
     * An app that is killed every few seconds gets little done, so the last one has nearly everything to do: the long
     * run's 100 worlds take it almost three minutes on two cores.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 10 : 3);

    private static final int KILLS = LONG ? 20 : 2;
    private static final int WORLDS_PER_KILL = LONG ? 5 : 3;
    private static final int KILLS_PER_LOST_FOLDER = 5;
    private static final int BATCHES_PER_KILL = 4;

    /** Seed of the events and of the times of the kills; another one with {@code -Dcrash.seed=42}. */
    private static final long CRASH_SEED = Long.getLong("crash.seed", 8_000);

    private static Sandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void share(Sandbox shared) {
        sandbox = shared;
    }

    @Test
    void repeatedKillsChangeNothing() throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(CRASH_SEED, WORLDS_PER_KILL * KILLS);
        Random random = new Random(CRASH_SEED);
        Path log = folder.resolve("app.log");
        Path state = folder.resolve("state");
        Map<String, String> settings = Map.of("state.dir", state.toString());
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            int batch = events.size() / (BATCHES_PER_KILL * (KILLS + 1)) + 1;
            int kills = 0;
            int lostFolders = 0;
            Process app = StreamsAppProcess.start(pipeline, settings, log);
            for (int from = 0; from < events.size(); from += batch) {
                events.subList(from, Math.min(events.size(), from + batch)).forEach(pipeline::send);
                pipeline.flush();
                Thread.sleep(500 + random.nextInt(1_000));
                if (kills < KILLS && from / batch % BATCHES_PER_KILL == BATCHES_PER_KILL - 1) {
                    awaitAtWork(app, state);
                    app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                    kills++;
                    if (kills % KILLS_PER_LOST_FOLDER == 2) {
                        deleteRecursively(state);
                        lostFolders++;
                    }
                    app = StreamsAppProcess.start(pipeline, settings, log);
                }
            }
            app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(kills).isEqualTo(KILLS);
            assertThat(lostFolders).isEqualTo((KILLS + 3) / KILLS_PER_LOST_FOLDER);
            System.out.printf("crash seed %d: %d kills, %d lost folders%n", CRASH_SEED, kills, lostFolders);
            try (KnockonStreams last = KnockonStreams.start(pipeline.settings(settings))) {
                assertThat(last.awaitIdle(PATIENCE))
                        .as("became idle, seed %d", CRASH_SEED)
                        .isTrue();
            }
            RealBrokerIT.assertEqualsOracle(pipeline, events);
        }
    }

    /**
     * The session of the killed process outlasts the test, so an app that waited for its end would never become idle.
     */
    @Test
    void aRestartAfterACrashDoesNotWaitForTheOldSession() throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(8_200, 3);
        int half = events.size() / 2;
        Map<String, Object> longSession = Map.of(
                "session.timeout.ms", Math.toIntExact(PATIENCE.multipliedBy(9).toMillis()));
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS, longSession)) {
            events.subList(0, half).forEach(pipeline::send);
            pipeline.flush();
            Process app = StreamsAppProcess.start(pipeline, Map.of(), folder.resolve("app.log"));
            try {
                awaitOracle(pipeline, events.subList(0, half));
            } finally {
                app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            events.subList(half, events.size()).forEach(pipeline::send);
            pipeline.flush();
            try (KnockonStreams back = KnockonStreams.start(pipeline.settings(Map.of()))) {
                assertThat(back.awaitIdle(PATIENCE)).isTrue();
            }
            RealBrokerIT.assertEqualsOracle(pipeline, events);
        }
    }

    private static void awaitOracle(RealPipeline pipeline, List<WorldEvent> events) throws InterruptedException {
        Verdict verdict = BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!pipeline.compareWith(verdict).matches() && System.nanoTime() - deadline < 0) {
            Thread.sleep(500);
        }
        assertThat(pipeline.compareWith(verdict).matches()).isTrue();
    }

    /** Waits until the app has started: on a slow machine a kill before that would test nothing. */
    private static void awaitAtWork(Process app, Path state) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(state) && System.nanoTime() - deadline < 0) {
            assertThat(app.isAlive()).isTrue();
            Thread.sleep(50);
        }
        assertThat(state).exists();
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
