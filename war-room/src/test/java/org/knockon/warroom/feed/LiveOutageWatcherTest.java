package org.knockon.warroom.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.Timeline;

class LiveOutageWatcherTest {

    @Test
    void showsAllOpenOutagesAndTheFewThatEndedLast() {
        List<Timeline.Band> bands = new ArrayList<>();
        for (long number = 1; number <= 9; number++) {
            bands.add(band("open-" + number, null, false));
            bands.add(band("over-" + number, 1_000 - number, false));
        }
        bands.add(band("planned", null, true));
        bands.add(band("planned and over", 2_000L, true));

        List<Timeline.Band> shown = LiveOutageWatcher.toShow(bands);

        assertThat(shown.subList(0, 9)).allMatch(band -> band.name().startsWith("open-"));
        assertThat(shown.get(9).name()).as("because dependents may overrun it").isEqualTo("planned");
        assertThat(shown.subList(10, shown.size()))
                .extracting(Timeline.Band::name)
                .containsExactly("over-1", "over-2", "over-3", "over-4", "over-5", "over-6");
    }

    @Test
    void showsOverrunMaintenance() {
        long minute = 60_000;
        long ended = 1_646_200_000_000L;
        Outage works = new Outage("network", ended - 90 * minute, ended, true, Evidence.OBSERVED, ended - 90 * minute);
        Outage pas = new Outage("pas", ended - 80 * minute, Outage.OPEN, false, Evidence.OBSERVED, ended - 78 * minute);
        Board board = new Board(ZoneId.of("Europe/London"));
        board.outage(works.id(), new PublishedOutage(works, List.of(works.id()), List.of("pas"), List.of()));
        board.outage(pas.id(), new PublishedOutage(pas, List.of(works.id()), List.of(), List.of()));

        assertThat(LiveOutageWatcher.toShow(board.timeline(ended + minute).bands()))
                .extracting(Timeline.Band::planned)
                .containsExactly(true);
        assertThat(LiveOutageWatcher.toShow(board.timeline(ended + 15 * minute).bands()))
                .extracting(Timeline.Band::planned)
                .containsExactly(false);
    }

    private static Timeline.Band band(String name, Long to, boolean planned) {
        return new Timeline.Band(name + "@2026-03-02T16:40:00Z", name, 500, to, to, planned, 500);
    }
}
