package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.SystemStatus;

/** More monitors than may vote: which of them count, and their cost. */
class ManyMonitorsTest {

    private static final MonitoringPolicy POLICY = new MonitoringPolicy(0, 0, minutes(60));

    private final Detection three = new Detection("epr", POLICY, 3);

    @Test
    void onlyTheNewestCount() {
        see("10:00", "a", SystemStatus.DOWN);
        see("10:01", "b", SystemStatus.DOWN);
        see("10:02", "c", SystemStatus.UP);
        assertThat(downAt("10:02")).as("two to one").isTrue();

        assertThat(see("10:03", "d", SystemStatus.UP)).as("a is displaced").isTrue();
        assertThat(downAt("10:03")).as("b against c and d").isFalse();
    }

    @Test
    void displacedMonitorReturnsByVotingAgain() {
        onlyTheNewestCount();

        assertThat(see("10:04", "a", SystemStatus.DOWN)).as("b is displaced").isTrue();
        assertThat(downAt("10:04")).as("a against c and d").isFalse();
        assertThat(see("10:05", "b", SystemStatus.DOWN)).as("c is displaced").isTrue();
        assertThat(downAt("10:05")).as("a and b against d").isTrue();
    }

    @Test
    void atOneInstantTheGreaterNamesCountInAnyOrder() {
        see("10:00", "d", SystemStatus.UP);
        see("10:00", "a", SystemStatus.DOWN);
        see("10:00", "c", SystemStatus.UP);
        assertThat(see("10:00", "b", SystemStatus.DOWN)).as("a is displaced").isTrue();
        assertThat(see("10:00", "a", SystemStatus.DOWN)).as("a stays out").isTrue();

        assertThat(downAt("10:00")).as("b against c and d").isFalse();
    }

    @Test
    void furtherVotesOfTheSameMonitorsDisplaceNone() {
        for (int minute = 10; minute < 60; minute++) {
            assertThat(see("10:" + minute, "m" + minute % 3, SystemStatus.UP)).isFalse();
        }
    }

    /** The definition: of the monitors whose newest observation still counts, the newest few vote. */
    @Test
    void countsTheVotesOfTheDefinitionAtEveryInstant() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(4);
            MonitoringPolicy policy = new MonitoringPolicy(0, 0, 5 + random.nextInt(10));
            Detection detection = new Detection("epr", policy, most);
            Map<String, Long> seenAt = new TreeMap<>();
            Map<String, SystemStatus> seen = new TreeMap<>();
            long now = 1_000;
            for (int i = 0; i < 40; i++) {
                now += random.nextInt(4);
                String monitor = "m" + random.nextInt(8);
                SystemStatus status = random.nextBoolean() ? SystemStatus.UP : SystemStatus.DOWN;
                if (Long.valueOf(now).equals(seenAt.get(monitor)) && seen.get(monitor) == SystemStatus.DOWN) {
                    status = SystemStatus.DOWN;
                }
                seenAt.put(monitor, now);
                seen.put(monitor, status);
                detection.observe(monitor, status, now, closed -> {});
                for (long later = now; later <= now + policy.silenceAfter(); later++) {
                    assertThat(detection.judgedAt(later).outages().stream().anyMatch(outage -> outage.open()))
                            .as("seed %d, observation %d, at %d", seed, i, later)
                            .isEqualTo(majorityIsDown(later, policy.silenceAfter(), most, seenAt, seen));
                }
            }
        }
    }

    private static boolean majorityIsDown(
            long now, long silenceAfter, int most, Map<String, Long> seenAt, Map<String, SystemStatus> seen) {
        List<String> counting = new ArrayList<>(seenAt.keySet());
        counting.removeIf(monitor -> now - seenAt.get(monitor) > silenceAfter);
        counting.sort(Comparator.<String, Long>comparing(seenAt::get)
                .thenComparing(Comparator.naturalOrder())
                .reversed());
        List<String> voters = counting.subList(0, Math.min(most, counting.size()));
        long down = voters.stream()
                .filter(monitor -> seen.get(monitor) == SystemStatus.DOWN)
                .count();
        return 2 * down >= voters.size();
    }

    @Test
    void costOfAnObservationDoesNotGrowWithTheNumberOfMonitors() {
        long started = cpu();
        Detection detection = new Detection("epr", POLICY);
        for (int i = 0; i < 20_000; i++) {
            long observedAt = at("10:00") + i;
            detection.observe("monitor-" + i, SystemStatus.UP, observedAt, closed -> {});
            detection.judgedAt(observedAt);
        }
        assertThat(Duration.ofNanos(cpu() - started))
                .as("CPU time; comparing each monitor with each other takes more than two minutes")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void stateIsSmallForAnyNumberOfMonitorsAndAnyLengthOfName() throws IOException {
        Detection detection = new Detection("epr", POLICY);
        for (int i = 0; i < 3_000; i++) {
            detection.observe("é".repeat(124) + 10_000_000 + i, SystemStatus.UP, at("10:00") + i, closed -> {});
        }
        assertThat(written(detection)).hasSizeLessThan(512 * 1024 / 10);
    }

    /** The length of names is limited elsewhere. The stored form has no limit. */
    @Test
    void aNameMayBeLongerThan65535Bytes() throws IOException {
        Detection detection = new Detection("epr", POLICY);
        detection.observe("m".repeat(70_000), SystemStatus.UP, at("10:00"), closed -> {});

        assertThat(written(detection)).hasSizeGreaterThan(70_000);
    }

    private static byte[] written(Detection detection) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detection.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private boolean see(String time, String monitor, SystemStatus status) {
        return three.observe(monitor, status, at(time), closed -> {});
    }

    private boolean downAt(String time) {
        return three.judgedAt(at(time)).outages().stream().anyMatch(outage -> outage.open());
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
