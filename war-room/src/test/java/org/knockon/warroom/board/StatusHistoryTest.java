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

    private final StatusHistory sayings = new StatusHistory();

    @Test
    void makesOneStretchOfWhatAMonitorSaidAllTheTime() {
        for (int minute = 0; minute <= 300; minute += 5) {
            hear("probe", minute < 100 || minute > 160 ? SystemStatus.UP : SystemStatus.DOWN, minute);
        }

        assertThat(all())
                .containsExactly(
                        said("probe", SystemStatus.UP, 0, 95),
                        said("probe", SystemStatus.DOWN, 100, 160),
                        said("probe", SystemStatus.UP, 165, 300));
    }

    @Test
    void tellsSilenceFromGoingOn() {
        hear("probe", SystemStatus.UP, 0);
        hear("probe", SystemStatus.UP, 5);
        hear("probe", SystemStatus.UP, 11);

        assertThat(all()).containsExactly(said("probe", SystemStatus.UP, 0, 5), said("probe", SystemStatus.UP, 11, 11));
    }

    @Test
    void keepsOneSystemsMonitorsApartAndOtherSystemsOut() {
        hear("inside", SystemStatus.UP, 0);
        hear("outside", SystemStatus.DOWN, 1);
        sayings.observed(new Observation("phones", SystemStatus.DOWN, NOON, "inside", null));

        assertThat(all()).extracting(StatusStretch::monitor).containsExactly("inside", "outside");
        assertThat(sayings.of("nothing", 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void endsAtTheTimeThatIsAskedFor() {
        hear("probe", SystemStatus.UP, 0);
        hear("probe", SystemStatus.UP, 4);
        hear("probe", SystemStatus.UP, 8);
        hear("probe", SystemStatus.DOWN, 9);

        assertThat(sayings.of("pas", NOON + 2 * MINUTE, NOON + 5 * MINUTE))
                .containsExactly(said("probe", SystemStatus.UP, 0, 5));
        assertThat(sayings.of("pas", NOON + 9 * MINUTE, NOON + 9 * MINUTE))
                .containsExactly(said("probe", SystemStatus.DOWN, 9, 9));
    }

    @Test
    void isTheSameWhateverTheOrder() {
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
        List<StatusStretch> expected = told(seen);
        for (long seed = 1; seed <= 50; seed++) {
            Collections.shuffle(seen, new Random(seed));
            assertThat(told(seen)).as("seed " + seed).isEqualTo(expected);
        }
        assertThat(expected).hasSizeGreaterThan(50).hasSizeLessThan(400);
    }

    @Test
    void keepsTheNewestOfAMonitorThatNeverStopsChangingItsWord() {
        for (int i = 0; i < 10 * StatusHistory.MAX; i++) {
            hear("probe", i % 2 == 0 ? SystemStatus.UP : SystemStatus.DOWN, i * 11L);
        }

        List<StatusStretch> kept = all();
        assertThat(kept).hasSize(StatusHistory.MAX);
        assertThat(kept.get(0).first()).isEqualTo(NOON + 9L * StatusHistory.MAX * 11 * MINUTE);
    }

    private List<StatusStretch> all() {
        return sayings.of("pas", 0, Long.MAX_VALUE);
    }

    private static List<StatusStretch> told(List<Observation> seen) {
        StatusHistory told = new StatusHistory();
        seen.forEach(told::observed);
        return told.of("pas", 0, Long.MAX_VALUE);
    }

    private void hear(String monitor, SystemStatus status, long minute) {
        sayings.observed(new Observation("pas", status, NOON + minute * MINUTE, monitor, "free text"));
    }

    private static StatusStretch said(String monitor, SystemStatus status, long from, long to) {
        return new StatusStretch(monitor, status, NOON + from * MINUTE, NOON + to * MINUTE);
    }
}
