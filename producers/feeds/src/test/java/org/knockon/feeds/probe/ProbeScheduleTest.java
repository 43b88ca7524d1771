package org.knockon.feeds.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

class ProbeScheduleTest {

    private static final long START = 1_773_133_200_000L;
    private static final long EVERY = 30_000;

    private final ProbeSchedule schedule = new ProbeSchedule(START, EVERY, 10, 42);

    @Test
    void theFirstLooksAreSpreadOverThePause() {
        for (int target = 0; target < 10; target++) {
            assertThat(schedule.first(target) - START)
                    .as("target " + target)
                    .isBetween(Math.max(0, target * 3_000L - 1_500), target * 3_000L + 1_500);
        }
    }

    @Test
    void looksKeepTheirPlaceWithinATenthOfThePause() {
        for (int target = 0; target < 10; target++) {
            long due = schedule.first(target);
            for (int round = 1; round < 1_000; round++) {
                due = schedule.next(target, due, due + 20);
                assertThat(due - START - target * 3_000L - round * EVERY)
                        .as("round " + round + " of target " + target)
                        .isBetween(-1_500L, 1_500L);
            }
        }
    }

    @Test
    void looksAreMovedDifferently() {
        long first = schedule.next(3, schedule.first(3), START);
        long second = schedule.next(3, first, first);
        assertThat(second - first).isNotEqualTo(EVERY);
        assertThat(new ProbeSchedule(START, EVERY, 10, 43).first(3)).isNotEqualTo(schedule.first(3));
    }

    @Test
    void aLookThatTakesLongerThanThePauseIsNotOvertaken() {
        long due = schedule.first(2);
        long finished = due + 3 * EVERY + 10_000;
        long next = schedule.next(2, due, finished);
        assertThat(next).isBetween(finished, finished + EVERY + 3_000);
    }

    @Test
    void theWorstOfSeveralTargetsOfASystemCounts() {
        ProbeFeedSettings settings = new ProbeFeedSettings(
                "probes",
                "probes",
                EVERY,
                5_000,
                List.of(
                        new ProbeTarget.Http("portal", URI.create("https://portal.example/"), 200, 399),
                        new ProbeTarget.Tls("portal", "portal.example", 443, 1),
                        new ProbeTarget.Tcp("pacs", "pacs.example", 104)));
        ProbeState state = ProbeState.EMPTY
                .with(2, Look.down("timeout"), START)
                .with(0, Look.down("status 503"), START)
                .with(1, Look.UP, START + 1_000);
        assertThat(state.observation(1, settings))
                .isEqualTo(new Observation("portal", SystemStatus.DOWN, START + 1_000, "probes", "status 503"));
        ProbeState recovered = state.with(0, Look.UP, START + 2_000);
        assertThat(recovered.observation(0, settings))
                .isEqualTo(new Observation("portal", SystemStatus.UP, START + 2_000, "probes", null));
        ProbeState stuck = state.with(1, Look.UP, START + 3 * EVERY);
        assertThat(stuck.observation(1, settings).status())
                .as("a target that nobody looked at for three pauses")
                .isEqualTo(SystemStatus.UP);
    }
}
