package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

class StatusHistoryTest {

    private static final long MINUTE = 60_000;
    private static final long NOON = 1_658_232_000_000L;

    private final StatusHistory history = new StatusHistory();

    @Test
    void joinsUnchangedReportsOfAMonitorIntoOneStretch() {
        for (int minute = 0; minute <= 300; minute += 5) {
            observe("probe", minute < 100 || minute > 160 ? SystemStatus.UP : SystemStatus.DOWN, minute);
        }

        assertThat(all())
                .containsExactly(
                        stretch("probe", SystemStatus.UP, 0, 95),
                        stretch("probe", SystemStatus.DOWN, 100, 160),
                        stretch("probe", SystemStatus.UP, 165, 300));
    }

    @Test
    void splitsAStretchAtSilence() {
        observe("probe", SystemStatus.UP, 0);
        observe("probe", SystemStatus.UP, 5);
        observe("probe", SystemStatus.UP, 11);

        assertThat(all())
                .containsExactly(stretch("probe", SystemStatus.UP, 0, 5), stretch("probe", SystemStatus.UP, 11, 11));
    }

    @Test
    void keepsMonitorsAndSystemsApart() {
        observe("inside", SystemStatus.UP, 0);
        observe("outside", SystemStatus.DOWN, 1);
        history.add(new Observation("phones", SystemStatus.DOWN, NOON, "inside", null));

        assertThat(all()).extracting(StatusStretch::monitor).containsExactly("inside", "outside");
        assertThat(history.between("nothing", 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void endsAtTheRequestedTime() {
        observe("probe", SystemStatus.UP, 0);
        observe("probe", SystemStatus.UP, 4);
        observe("probe", SystemStatus.UP, 8);
        observe("probe", SystemStatus.DOWN, 9);

        assertThat(history.between("pas", NOON + 2 * MINUTE, NOON + 5 * MINUTE))
                .containsExactly(stretch("probe", SystemStatus.UP, 0, 5));
        assertThat(history.between("pas", NOON + 9 * MINUTE, NOON + 9 * MINUTE))
                .containsExactly(stretch("probe", SystemStatus.DOWN, 9, 9));
    }

    @Test
    void doesNotDependOnTheOrder() {
        List<Observation> seen = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            seen.add(new Observation(
                    "pas",
                    random.nextInt(4) == 0 ? SystemStatus.DOWN : SystemStatus.UP,
                    NOON + random.nextInt(3_000) * MINUTE,
                    random.nextBoolean() ? "inside" : "outside",
                    null));
        }
        List<StatusStretch> expected = stretches(seen);
        for (long seed = 1; seed <= 50; seed++) {
            Collections.shuffle(seen, new Random(seed));
            assertThat(stretches(seen)).as("seed " + seed).isEqualTo(expected);
        }
        assertThat(expected).hasSizeGreaterThan(50).hasSizeLessThan(400);
    }

    @Test
    void keepsTheNewestStretchesOfAFlappingMonitor() {
        for (int i = 0; i < 10 * StatusHistory.MAX; i++) {
            observe("probe", i % 2 == 0 ? SystemStatus.UP : SystemStatus.DOWN, i * 11L);
        }

        List<StatusStretch> kept = all();
        assertThat(kept).hasSize(StatusHistory.MAX);
        assertThat(kept.get(0).first()).isEqualTo(NOON + 9L * StatusHistory.MAX * 11 * MINUTE);
    }

    private List<StatusStretch> all() {
        return history.between("pas", 0, Long.MAX_VALUE);
    }

    private static List<StatusStretch> stretches(List<Observation> seen) {
        StatusHistory history = new StatusHistory();
        seen.forEach(history::add);
        return history.between("pas", 0, Long.MAX_VALUE);
    }

    private void observe(String monitor, SystemStatus status, long minute) {
        history.add(new Observation("pas", status, NOON + minute * MINUTE, monitor, "free text"));
    }

    private static StatusStretch stretch(String monitor, SystemStatus status, long from, long to) {
        return new StatusStretch(monitor, status, NOON + from * MINUTE, NOON + to * MINUTE);
    }
}
