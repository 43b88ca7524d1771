package org.knockon.warroom.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.warroom.board.Timeline;

class LiveWatchTest {

    @Test
    void tellsAllThatIsOpenAndTheFewThatEndedLast() {
        List<Timeline.Band> bands = new ArrayList<>();
        for (long number = 1; number <= 9; number++) {
            bands.add(band("open-" + number, null, false));
            bands.add(band("over-" + number, 1_000 - number, false));
        }
        bands.add(band("planned", null, true));
        bands.add(band("planned and over", 2_000L, true));

        List<Timeline.Band> told = LiveWatch.worthTelling(bands);

        assertThat(told.subList(0, 9)).allMatch(band -> band.name().startsWith("open-"));
        assertThat(told.get(9).name())
                .as("for it may be outlived by what needs it")
                .isEqualTo("planned");
        assertThat(told.subList(10, told.size()))
                .extracting(Timeline.Band::name)
                .containsExactly("over-1", "over-2", "over-3", "over-4", "over-5", "over-6");
    }

    private static Timeline.Band band(String name, Long to, boolean planned) {
        return new Timeline.Band(name + "@2026-03-02T16:40:00Z", name, 500, to, to, planned, 500);
    }
}
