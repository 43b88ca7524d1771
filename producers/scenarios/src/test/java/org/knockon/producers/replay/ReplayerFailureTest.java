package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;

/** What a replay does when the broker does not answer, aborts or refuses. */
class ReplayerFailureTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));
    private static final int CATALOGUE =
            EVENTS.systems().size() + EVENTS.services().size();

    private final FakeClock clock = new FakeClock();
    private final RecordingTarget target = new RecordingTarget(clock, 0);

    @Test
    void commitsAgainUntilTheBrokerAnswersAndSaysThatItWaits() {
        Replayer[] holder = new Replayer[1];
        List<Boolean> waiting = new ArrayList<>();
        target.onCommit = () -> {
            if (target.commits.size() == 1 && waiting.size() < 3) {
                clock.nanos += Duration.ofSeconds(2).toNanos();
                waiting.add(holder[0].waiting());
                throw new TimeoutException("Timeout expired after 2000ms while awaiting EndTxn(true)");
            }
        };
        holder[0] = replayer();

        ReplayProgress end = holder[0].run();

        assertThat(waiting).containsExactly(false, true, true);
        assertThat(holder[0].waiting()).isFalse();
        assertThat(end.complete()).isTrue();
        assertThat(target.takeOvers).isEqualTo(1);
        assertThat(target.sent.stream().map(RecordingTarget.Sent::event)).containsExactlyElementsOf(EVENTS);
    }

    @Test
    void stopsWhileTheBrokerDoesNotAnswer() {
        Replayer[] holder = new Replayer[1];
        target.onCommit = () -> {
            holder[0].stop();
            throw new TimeoutException("Timeout expired after 2000ms while awaiting EndTxn(true)");
        };
        holder[0] = replayer();

        assertThatThrownBy(holder[0]::run)
                .isInstanceOf(ReplayException.class)
                .hasMessage("the replay was stopped while the broker did not answer; start the same run again to"
                        + " continue");
    }

    @Test
    void sendsAnAbortedTransactionAgain() {
        target.onCommit = () -> {
            if (target.commits.size() == 1 && target.takeOvers == 1) {
                throw new KafkaException("cannot commit", new TransactionAbortableException("a batch expired"));
            }
        };
        target.onTakeOver = () -> {
            if (target.takeOvers == 2) {
                throw new TimeoutException("Timeout expired after 2000ms while awaiting InitProducerId");
            }
        };

        ReplayProgress end = replayer().run();

        List<ReplayEvent> sent =
                target.sent.stream().map(RecordingTarget.Sent::event).toList();
        List<ReplayEvent> all = EVENTS.stream().toList();
        int aborted = sent.size() - all.size();
        assertThat(aborted).isPositive();
        assertThat(target.takeOvers).isEqualTo(3);
        assertThat(sent.subList(0, CATALOGUE + aborted)).isEqualTo(all.subList(0, CATALOGUE + aborted));
        assertThat(sent.subList(CATALOGUE + aborted, sent.size())).isEqualTo(all.subList(CATALOGUE, all.size()));
        assertThat(end.complete()).isTrue();
    }

    @Test
    void givesUpWhenAnotherReplayerHasPublishedMore() {
        target.onCommit = () -> {
            if (target.commits.size() == 1) {
                throw new TransactionAbortableException("the broker aborted a transaction that was open for 61 s");
            }
        };
        target.onTakeOver = () -> {
            if (target.takeOvers == 2) {
                target.published = EVENTS.size() + 1;
            }
        };

        assertThatThrownBy(() -> replayer().run())
                .isInstanceOf(ReplayException.class)
                .hasMessageEndingWith("another replayer has taken over this run");
    }

    @Test
    void aFailureThatNoAttemptCanRepairEndsTheReplay() {
        target.onCommit = () -> {
            throw new TopicAuthorizationException("Not authorized to access topics: [systems]");
        };

        assertThatThrownBy(() -> replayer().run())
                .isInstanceOf(ReplayException.class)
                .hasMessageStartingWith("replay stopped at event 0 of " + EVENTS.size())
                .hasMessageContaining("Not authorized");
    }

    /** A producer that was refused names the reason only as the cause of later failures. */
    @Test
    void theMessageNamesTheCauseOfAnErrorState() {
        target.onCommit = () -> {
            throw new KafkaException(
                    "Cannot execute transactional method because we are in an error state",
                    new TopicAuthorizationException(Set.of("systems")));
        };

        assertThatThrownBy(() -> replayer().run())
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("in an error state: Not authorized to access topics: [systems]; start");
    }

    private Replayer replayer() {
        return new Replayer(EVENTS, target, ReplaySpeed.MAX, Duration.ofMillis(250), progress -> {}, clock);
    }
}
