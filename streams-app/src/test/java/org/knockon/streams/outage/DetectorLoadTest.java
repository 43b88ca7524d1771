package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * CPU time and size of stored records for many monitors and many systems. The limits are several times the measured
 * values, and many times below those of an earlier version that visited all of them in each step.
 */
class DetectorLoadTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long MINUTE = 60_000L;
    private static final MonitoringPolicy POLICY = new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 10 * MINUTE);
    private static final int LARGEST_RECORD = 512 * 1024;

    @TempDir
    Path folder;

    private DetectorHarness detector;

    @BeforeEach
    void setUp() {
        detector = new DetectorHarness(30, Detection.MOST_MONITORS, folder);
    }

    @AfterEach
    void tearDown() {
        detector.close();
    }

    @Test
    void threeThousandMonitorsOfOneSystem() {
        Duration spent = cpu("3,000 monitors in order", () -> {
            detector.put(DetectorHarness.system("pas", POLICY));
            byMonitors(3_000, "m").forEach(detector::observe);
            detector.settle();
        });
        assertThat(spent).isLessThan(Duration.ofSeconds(5));
        assertThat(detector.activity.votesDisplaced()).isEqualTo(2_900);
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    /** Each observation is late. Those that arrive close together share a refold. */
    @Test
    void threeThousandMonitorsOfOneSystemInAnyOrder() {
        List<Observation> shuffled = byMonitors(3_000, "m");
        Collections.shuffle(shuffled, new Random(1));
        Duration spent = cpu("3,000 monitors in any order", () -> {
            detector.put(DetectorHarness.system("pas", POLICY));
            shuffled.forEach(detector::observe);
            detector.settle();
        });
        assertThat(spent).isLessThan(Duration.ofSeconds(5));
        assertThat(detector.announced).isEqualTo(detector.expected());
    }

    @Test
    void noStoredRecordIsLargeWhateverArrives() {
        String system = "é".repeat(128);
        detector.put(DetectorHarness.system(system, POLICY));
        List<Observation> long3000 = byMonitors(3_000, "é".repeat(120));
        long3000.replaceAll(
                seen -> new Observation(system, seen.status(), seen.observedAt(), seen.monitor(), "d".repeat(4_000)));
        long3000.forEach(detector::observe);
        for (int day = 1; day < 4; day++) {
            detector.observe(
                    new Observation(system, SystemStatus.DOWN, NOON + day * 1_440L * MINUTE, "é".repeat(128), null));
        }
        detector.settle();

        assertThat(largest(detector.observations)).isBetween(500, LARGEST_RECORD);
        assertThat(largest(detector.checkpoints)).isBetween(20_000, LARGEST_RECORD);
        assertThat(detector.announced).isEqualTo(detector.expected()).isNotEmpty();
    }

    /** 50,000 in the catalogue, 5,000 of them observed by three monitors each; then a restart and silence. */
    @Test
    void fiftyThousandSystems() {
        Duration put = cpu("50,000 systems put", () -> {
            for (int i = 0; i < 50_000; i++) {
                detector.put(DetectorHarness.system("system-" + i, POLICY));
            }
        });
        Duration observed = cpu("20,000 observations among 50,000 systems", () -> {
            for (int i = 0; i < 20_000; i++) {
                detector.observe(new Observation(
                        "system-" + 7 * (i % 5_000), SystemStatus.UP, NOON + 10L * i, "m" + i / 5_000 % 3, null));
            }
            detector.settle();
        });
        Duration restarted = cpu("restart with 50,000 systems, 5,000 of them observed", detector::restart);
        Duration silent = cpu("silence of 5,000 systems", () -> {
            detector.tick(NOON + 60 * MINUTE);
            detector.settle();
        });
        assertThat(List.of(put, observed, restarted, silent))
                .allSatisfy(spent -> assertThat(spent).isLessThan(Duration.ofSeconds(5)));
        assertThat(detector.announced).hasSize(5_000);
    }

    @Test
    void changedPolicyOfASystemWithManyObservations() {
        detector.put(DetectorHarness.system("pas", POLICY));
        for (int i = 0; i < 200_000; i++) {
            detector.observe(new Observation(
                    "pas", i % 90 < 30 ? SystemStatus.DOWN : SystemStatus.UP, NOON + 20_000L * i, "m" + i % 3, null));
        }
        detector.settle();
        int before = detector.announced.size();
        Duration spent = cpu("200,000 observations folded again", () -> {
            detector.put(DetectorHarness.system("pas", new MonitoringPolicy(20 * MINUTE, 5 * MINUTE, 10 * MINUTE)));
            assertThat(detector.settle()).as("turns of 30 ms").isGreaterThan(2);
        });
        System.out.printf("longest step: %d ms%n", detector.activity.longestStepNanos() / 1_000_000);
        assertThat(spent).isLessThan(Duration.ofSeconds(20));
        assertThat(before).isGreaterThan(2_000);
        assertThat(detector.announced).isEmpty();
    }

    /** Spread over nine minutes, half of them DOWN. */
    private static List<Observation> byMonitors(int monitors, String prefix) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < monitors; i++) {
            observations.add(new Observation(
                    "pas",
                    i % 200 < 100 ? SystemStatus.DOWN : SystemStatus.UP,
                    NOON + i * 9L * MINUTE / monitors,
                    prefix + (10_000_000 + i),
                    null));
        }
        return observations;
    }

    private static int largest(KeyValueStore<Bytes, byte[]> store) {
        int largest = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                largest = Math.max(largest, entry.key.get().length + entry.value.length);
            }
        }
        return largest;
    }

    private static Duration cpu(String what, Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long started = threads.getCurrentThreadCpuTime();
        work.run();
        Duration spent = Duration.ofNanos(threads.getCurrentThreadCpuTime() - started);
        System.out.printf("%s: %d ms of CPU%n", what, spent.toMillis());
        return spent;
    }
}
