package org.knockon.feeds.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

class LateObservationsTest {

    private static final long NOON = 1_658_235_600_000L;
    private static final long MINUTE = 60_000;

    private final LateObservations late = new LateObservations();

    @Test
    void keepsOneOfEachSystemMinuteAndStatus() {
        late.keep(List.of(up(NOON), up(NOON + 1), down(NOON + 2), up(NOON + MINUTE)), NOON + MINUTE);

        assertThat(late.next(10)).containsExactly(up(NOON), down(NOON + 2), up(NOON + MINUTE));
    }

    @Test
    void forgetsWhatIsOlderThanADay() {
        late.keep(List.of(up(NOON)), NOON);
        late.keep(List.of(up(NOON + 25 * 60 * MINUTE)), NOON + 25 * 60 * MINUTE);

        assertThat(late.next(10)).containsExactly(up(NOON + 25 * 60 * MINUTE));
    }

    @Test
    void whatIsPublishedGoesAndTheRestStays() {
        late.keep(List.of(up(NOON), up(NOON + MINUTE), up(NOON + 2 * MINUTE)), NOON);

        List<Observation> some = late.next(2);
        late.published(some);

        assertThat(some).hasSize(2);
        assertThat(late.next(10)).containsExactly(up(NOON + 2 * MINUTE));
        assertThat(late.isEmpty()).isFalse();
    }

    private static Observation up(long at) {
        return new Observation("pas", SystemStatus.UP, at, "am", null);
    }

    private static Observation down(long at) {
        return new Observation("pas", SystemStatus.DOWN, at, "am", null);
    }
}
