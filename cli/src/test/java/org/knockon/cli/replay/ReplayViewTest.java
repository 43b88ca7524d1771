package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knockon.cli.console.LiveDisplay.Frame;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.counts.LiveCounts;
import org.knockon.impact.model.ImpactCounts;

class ReplayViewTest {

    private final ReplayView view = new ReplayView("demo", ZoneId.of("Europe/London"), new CountsText(false));

    @Test
    void showsTheRateAndTheTimeLeft() {
        assertThat(frame(false).lines().get(frame(false).lines().size() - 1))
                .endsWith("25% of 4,000 events, 50/s, 1 min 0 s left");
        assertThat(frame(false).line()).endsWith("25% of 4,000 events, 50/s, 1 min 0 s left");
    }

    @Test
    void showsThatTheReplayIsPausedInsteadOfRateAndTimeLeft() {
        Frame frame = frame(true);

        assertThat(frame.lines().get(frame.lines().size() - 1))
                .endsWith("25% of 4,000 events, paused on the wall display");
        assertThat(frame.line()).endsWith("25% of 4,000 events, paused on the wall display");
        assertThat(frame.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    private Frame frame(boolean paused) {
        return view.frame(
                new ReplayView.Progress(
                        1_658_245_320_000L, 1_000, 4_000, 50, Optional.of(Duration.ofMinutes(1)), paused),
                new LiveCounts.Snapshot(ImpactCounts.ZERO, 1_658_245_320_000L, 0, 0, 0));
    }
}
