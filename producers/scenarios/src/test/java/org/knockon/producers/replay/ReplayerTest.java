package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;

/** Pace, pauses and transactions, with a wall clock that advances only when the replayer sleeps. */
class ReplayerTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));
    private static final int CATALOGUE =
            EVENTS.systems().size() + EVENTS.services().size();
    private static final Duration COMMIT_EVERY = Duration.ofMillis(250);

    private final FakeClock clock = new FakeClock();

    @Test
    void sendsEveryEventInOrderAndCommitsThemAll() {
        RecordingTarget target = new RecordingTarget(clock, 0);

        ReplayProgress end = replayer(target, ReplaySpeed.MAX, p -> {}).run();

        assertThat(target.sent.stream().map(RecordingTarget.Sent::event)).containsExactlyElementsOf(EVENTS);
        assertThat(target.commits.get(target.commits.size() - 1).position()).isEqualTo(EVENTS.size());
        assertThat(end.complete()).isTrue();
        assertThat(end.fraction()).isEqualTo(1);
    }

    @Test
    void commitsTheCatalogueFirst() {
        RecordingTarget target = new RecordingTarget(clock, 0);

        replayer(target, ReplaySpeed.MAX, p -> {}).run();

        assertThat(target.commits.get(0).position()).isEqualTo(CATALOGUE);
    }

    @Test
    void keepsThePaceOfTheScenario() {
        RecordingTarget target = new RecordingTarget(clock, 0);

        replayer(target, ReplaySpeed.parse("600x"), p -> {}).run();

        RecordingTarget.Sent first = target.sent.stream()
                .filter(sent -> sent.event().arrivesAt() > EVENTS.scenario().from())
                .findFirst()
                .orElseThrow();
        for (RecordingTarget.Sent sent : target.sent) {
            long due = first.nanos()
                    + Math.max(0, sent.event().arrivesAt() - first.event().arrivesAt()) * 1_000_000 / 600;
            assertThat(sent.nanos()).isBetween(due - 1_000_000, due + 1_000_000);
        }
    }

    @Test
    void publishesAppointmentsBookedBeforeTheWindowImmediately() {
        RecordingTarget target = new RecordingTarget(clock, 0);

        replayer(target, ReplaySpeed.parse("1x"), p -> {}).run();

        assertThat(target.sent.stream()
                        .filter(sent ->
                                sent.event().arrivesAt() <= EVENTS.scenario().from()))
                .hasSizeGreaterThan(CATALOGUE + 300)
                .allMatch(sent -> sent.nanos() == 1_000_000);
    }

    @Test
    void sentEventsBecomeVisibleSoon() {
        RecordingTarget target = new RecordingTarget(clock, 0);

        replayer(target, ReplaySpeed.parse("60x"), p -> {}).run();

        long commitsSoFar = 0;
        for (RecordingTarget.Sent sent : target.sent) {
            RecordingTarget.Committed commit = target.commits.stream()
                    .filter(c -> c.position() > sent.event().arrivalOrder())
                    .findFirst()
                    .orElseThrow();
            assertThat(commit.nanos() - sent.nanos()).isLessThanOrEqualTo(COMMIT_EVERY.toNanos() + 1);
            commitsSoFar++;
        }
        assertThat(commitsSoFar).isEqualTo(EVENTS.size());
    }

    @Test
    void continuesWhereAnEarlierReplayEnded() {
        RecordingTarget target = new RecordingTarget(clock, 700);

        ReplayProgress end = replayer(target, ReplaySpeed.MAX, p -> {}).run();

        assertThat(target.sent.get(0).event().arrivalOrder()).isEqualTo(700);
        assertThat(target.sent).hasSize((int) EVENTS.size() - 700);
        assertThat(end.position()).isEqualTo(EVENTS.size());
    }

    @Test
    void sendsNothingIfAllEventsWereSentBefore() {
        RecordingTarget target = new RecordingTarget(clock, EVENTS.size());

        assertThat(replayer(target, ReplaySpeed.MAX, p -> {}).run().complete()).isTrue();
        assertThat(target.sent).isEmpty();
        assertThat(target.commits).isEmpty();
    }

    @Test
    void commitsAllSentEventsWhenStopped() {
        RecordingTarget target = new RecordingTarget(clock, 0);
        Replayer replayer = replayer(target, ReplaySpeed.parse("600x"), p -> {});
        clock.onSleep = now -> {
            if (target.sent.size() > 900) {
                replayer.stop();
            }
        };

        ReplayProgress end = replayer.run();

        assertThat(end.complete()).isFalse();
        assertThat(end.position()).isEqualTo(target.sent.size()).isGreaterThan(900);
        assertThat(target.commits.get(target.commits.size() - 1).position()).isEqualTo(end.position());
    }

    @Test
    void aPauseStopsScenarioTimeAndCommitsSentEvents() throws Exception {
        RecordingTarget target = new RecordingTarget(clock, 0);
        List<ReplayProgress> reports = new ArrayList<>();
        Replayer[] holder = new Replayer[1];
        Consumer<ReplayProgress> listener = progress -> {
            reports.add(progress);
            if (progress.paused()) {
                // An hour of wall-clock time passes.
                clock.nanos += Duration.ofHours(1).toNanos();
                holder[0].resume();
            }
        };
        holder[0] = replayer(target, ReplaySpeed.parse("600x"), listener);
        clock.onSleep = now -> {
            clock.onSleep = later -> {};
            holder[0].pause();
        };

        holder[0].run();

        assertThat(reports).filteredOn(ReplayProgress::paused).hasSize(1);
        ReplayProgress paused =
                reports.stream().filter(ReplayProgress::paused).findFirst().orElseThrow();
        long sentBefore = target.sent.stream()
                .filter(sent -> sent.nanos() < Duration.ofHours(1).toNanos())
                .count();
        assertThat(paused.position()).isEqualTo(sentBefore);
        ReplayEvent last = target.sent.get(target.sent.size() - 1).event();
        long active = target.sent.get(target.sent.size() - 1).nanos()
                - Duration.ofHours(1).toNanos();
        long scenario = (last.arrivesAt() - EVENTS.scenario().from()) * 1_000_000 / 600;
        assertThat(active).isBetween(scenario * 95 / 100, scenario * 105 / 100);
    }

    @Test
    void reportsTheTimeLeft() {
        List<ReplayProgress> reports = new ArrayList<>();

        replayer(new RecordingTarget(clock, 0), ReplaySpeed.parse("600x"), reports::add)
                .run();

        // A day at 600x takes 144 seconds.
        assertThat(reports.get(0).timeLeft())
                .hasValueSatisfying(
                        left -> assertThat(left).isBetween(Duration.ofSeconds(143), Duration.ofSeconds(144)));
        assertThat(reports).extracting(ReplayProgress::position).isSorted();
        assertThat(reports).extracting(ReplayProgress::eventTime).isSorted();
        assertThat(reports.get(reports.size() - 1).timeLeft()).contains(Duration.ZERO);
        assertThat(reports.get(reports.size() / 2).eventsPerSecond()).isPositive();
    }

    @Test
    void changesItsSpeedWithoutAJumpInScenarioTime() {
        RecordingTarget target = new RecordingTarget(clock, 0);
        List<ReplayProgress> reports = new ArrayList<>();
        Replayer replayer = replayer(target, ReplaySpeed.parse("600x"), reports::add);
        long[] changedAt = {0};
        clock.onSleep = now -> {
            if (changedAt[0] == 0 && target.sent.size() > 900) {
                changedAt[0] = now;
                replayer.speed(ReplaySpeed.parse("60x"));
            }
        };

        replayer.run();

        List<RecordingTarget.Sent> after = target.sent.stream()
                .filter(sent -> sent.nanos() > changedAt[0] + 1_000_000_000)
                .toList();
        RecordingTarget.Sent first = after.get(0);
        assertThat(after).hasSizeGreaterThan(100).allSatisfy(sent -> {
            long due = first.nanos() + (sent.event().arrivesAt() - first.event().arrivesAt()) * 1_000_000 / 60;
            assertThat(sent.nanos()).isBetween(due - 1_000_000, due + 1_000_000);
        });
        RecordingTarget.Sent before = target.sent.stream()
                .filter(sent -> sent.nanos() <= changedAt[0])
                .reduce((one, other) -> other)
                .orElseThrow();
        long scenario = first.event().arrivesAt() - before.event().arrivesAt();
        assertThat(first.nanos() - before.nanos()).isBetween(scenario * 1_000_000 / 600, scenario * 1_000_000 / 60);
        assertThat(replayer.speed()).hasToString("60x");
        assertThat(reports.get(reports.size() - 1).speed()).hasToString("60x");
    }

    @Test
    void afterFullSpeedScenarioTimeContinuesAtTheNextEvent() {
        Replayer[] holder = new Replayer[1];
        RecordingTarget target = new RecordingTarget(clock, 0);
        int[] sentAtChange = {0};
        holder[0] = replayer(target, ReplaySpeed.MAX, progress -> {
            if (sentAtChange[0] == 0 && progress.position() >= CATALOGUE) {
                sentAtChange[0] = target.sent.size();
                holder[0].speed(ReplaySpeed.parse("600x"));
            }
        });

        holder[0].run();

        RecordingTarget.Sent last = target.sent.get(target.sent.size() - 1);
        long scenario = (last.event().arrivesAt() - EVENTS.scenario().from()) * 1_000_000 / 600;
        assertThat(sentAtChange[0]).isEqualTo(CATALOGUE);
        assertThat(last.nanos()).isBetween(scenario * 95 / 100, scenario * 105 / 100);
    }

    @Test
    void aSpeedChangedDuringAPauseAppliesAfterIt() {
        RecordingTarget target = new RecordingTarget(clock, 0);
        Replayer[] holder = new Replayer[1];
        long[] resumed = {0};
        holder[0] = replayer(target, ReplaySpeed.parse("1x"), progress -> {
            if (progress.paused()) {
                assertThat(holder[0].paused()).isTrue();
                holder[0].speed(ReplaySpeed.MAX);
                resumed[0] = clock.nanos;
                holder[0].resume();
            }
        });
        clock.onSleep = now -> {
            clock.onSleep = later -> {};
            holder[0].pause();
        };

        holder[0].run();

        assertThat(holder[0].paused()).isFalse();
        assertThat(target.sent.get(target.sent.size() - 1).nanos()).isEqualTo(resumed[0]);
    }

    @Test
    void aShiftedScenarioRunsByTheWallClock() {
        long start = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
        Duration late = Duration.ofHours(6);
        ScenarioEvents shifted = EVENTS.shiftedTo(start);
        clock.epoch = start + late.toMillis();
        RecordingTarget target = new RecordingTarget(clock, 0);
        Map<Long, Long> sentAt = new HashMap<>();
        Replayer replayer = new Replayer(shifted, target, ReplaySpeed.MAX, COMMIT_EVERY, p -> {}, clock);

        replayer.run();

        target.sent.forEach(sent -> sentAt.put(sent.event().arrivalOrder(), clock.epoch + sent.nanos() / 1_000_000));
        assertThat(target.sent.stream().map(RecordingTarget.Sent::event))
                .hasSize((int) EVENTS.size())
                .allSatisfy(event -> {
                    long due = Math.max(clock.epoch + 1, event.arrivesAt());
                    assertThat(sentAt.get(event.arrivalOrder())).isBetween(due, due + 1);
                });
        assertThat(target.sent.stream().filter(sent -> sent.event().arrivesAt() > clock.epoch))
                .as("events that were still to come")
                .hasSizeGreaterThan(100);
    }

    @Test
    void aShiftedScenarioWaitsForAStartInTheFuture() {
        long start = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
        clock.epoch = start - Duration.ofHours(2).toMillis();
        RecordingTarget target = new RecordingTarget(clock, 0);

        new Replayer(EVENTS.shiftedTo(start), target, ReplaySpeed.MAX, COMMIT_EVERY, p -> {}, clock).run();

        assertThat(clock.epoch + target.sent.get(0).nanos() / 1_000_000).isBetween(start, start + 1);
    }

    private Replayer replayer(RecordingTarget target, ReplaySpeed speed, Consumer<ReplayProgress> listener) {
        return new Replayer(EVENTS, target, speed, COMMIT_EVERY, listener, clock);
    }
}
