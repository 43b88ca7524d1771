package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knockon.cli.console.LiveDisplay.Frame;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.counts.LiveCounts;
import org.knockon.cli.replay.ReplayView.Halt;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.ReplaySpeed;

class ReplayViewTest {

    private final ReplayView view = new ReplayView("demo", ZoneId.of("Europe/London"), new CountsText(false));

    @Test
    void showsTheRateAndTheTimeLeft() {
        assertThat(last(frame(Halt.NONE))).endsWith("25% of 4,000 events, 50/s, 1 min 0 s left");
        assertThat(frame(Halt.NONE).line()).endsWith("25% of 4,000 events, 50/s, 1 min 0 s left");
    }

    @Test
    void showsThatTheReplayIsPausedInsteadOfRateAndTimeLeft() {
        Frame frame = frame(Halt.PAUSED);

        assertThat(last(frame)).endsWith("25% of 4,000 events, paused on the wall display");
        assertThat(frame.line()).endsWith("25% of 4,000 events, paused on the wall display");
        assertThat(frame.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    @Test
    void showsThatTheBrokerDoesNotAnswer() {
        assertThat(last(frame(Halt.BROKER_AWAY))).endsWith("25% of 4,000 events, waiting for the broker");
        assertThat(Halt.of(ReplayProgress.none(1, 0, ReplaySpeed.MAX), true)).isEqualTo(Halt.BROKER_AWAY);
        assertThat(Halt.of(ReplayProgress.none(1, 0, ReplaySpeed.MAX), false)).isEqualTo(Halt.NONE);
    }

    @Test
    void showsNoCountsIfItOnlyPublishes() {
        Frame frame = view.frame(progress(Halt.NONE));

        assertThat(frame.lines()).hasSize(3).first().asString().startsWith("SYNTHETIC EXERCISE");
        assertThat(frame.line())
                .isEqualTo("SYNTHETIC EXERCISE Tue 19 Jul 2022 16:42 BST: 25% of 4,000 events, 50/s, 1 min 0 s left");
    }

    private static String last(Frame frame) {
        return frame.lines().get(frame.lines().size() - 1);
    }

    private static ReplayView.Progress progress(Halt halt) {
        return new ReplayView.Progress(1_658_245_320_000L, 1_000, 4_000, 50, Optional.of(Duration.ofMinutes(1)), halt);
    }

    private Frame frame(Halt halt) {
        return view.frame(progress(halt), new LiveCounts.Snapshot(ImpactCounts.ZERO, 1_658_245_320_000L, 0, 0, 0));
    }
}
