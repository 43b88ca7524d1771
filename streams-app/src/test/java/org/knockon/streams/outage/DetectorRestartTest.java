package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;

/** A detector that restarts between any two records announces the same outages as the oracle. */
class DetectorRestartTest {

    private static final int SEEDS = 300;

    @Test
    void announcesTheSameOutagesWhereverItRestarts() {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed, new DetectorHarness(20, Detection.MOST_MONITORS), 0);
        }
    }

    /** With turns of one observation and few voting monitors, while policies change and systems come and go. */
    @Test
    void announcesTheSameOutagesInTheSmallestTurnsWhilePoliciesChange() {
        for (long seed = SEEDS; seed < SEEDS + SEEDS / 2; seed++) {
            run(seed, new DetectorHarness(seed % 3 == 0 ? 20 : 0, 1 + (int) (seed % 4)), 25);
        }
    }

    /** @param changes on average the catalogue changes after this many records; 0 for never */
    private static void run(long seed, DetectorHarness detector, int changes) {
        Random random = new Random(seed);
        RandomWorld world = RandomWorld.of(seed);
        List<WorldEvent> events = seed % 2 == 0 ? world.events() : world.shuffled(seed);
        List<WorldEvent.Observed> observations = new ArrayList<>();
        Map<String, MonitoredSystem> systems = new HashMap<>();
        for (WorldEvent event : events) {
            if (event instanceof WorldEvent.Observed observed) {
                observations.add(observed);
            } else if (event instanceof WorldEvent.SystemChanged changed) {
                systems.put(changed.system().systemId(), changed.system());
            }
        }
        // Rejected records are dead letters and affect no outage.
        observations.removeIf(observed ->
                observed.observation().status() == SystemStatus.UNKNOWN || !systems.containsKey(observed.key()));
        long last = observations.stream().mapToLong(WorldEvent::at).max().orElse(0);
        systems.values().forEach(detector::put);
        for (WorldEvent.Observed observed : observations) {
            if (random.nextInt(10) == 0) {
                detector.restart();
            }
            if (random.nextInt(5) == 0) {
                detector.tick(Math.min(
                        last,
                        observed.at() + Duration.ofHours(random.nextInt(12)).toMillis()));
            }
            if (random.nextInt(5) == 0) {
                detector.inputConsumed = random.nextInt(3) == 0;
                detector.check();
            }
            detector.observe(observed.observation());
            if (changes > 0 && random.nextInt(changes) == 0) {
                detector.put(otherPolicy(random, systems.get(observed.key())));
            }
        }
        systems.values().forEach(detector::put);
        detector.tick(last);
        detector.restart();
        detector.inputConsumed = true;
        detector.settle(random);

        assertThat(detector.announced).as("seed %d", seed).isEqualTo(detector.expected());
        detector.restart();
        detector.settle();
        assertThat(detector.announced).as("seed %d, after a restart", seed).isEqualTo(detector.expected());
    }

    private static MonitoredSystem otherPolicy(Random random, MonitoredSystem system) {
        MonitoringPolicy policy = system.monitoring();
        return DetectorHarness.system(
                system.systemId(),
                new MonitoringPolicy(
                        random.nextInt(3) * policy.confirmAfter(),
                        random.nextInt(3) * policy.recoverAfter(),
                        (1 + random.nextInt(3)) * policy.silenceAfter()));
    }
}
