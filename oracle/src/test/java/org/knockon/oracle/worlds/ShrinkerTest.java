package org.knockon.oracle.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;

class ShrinkerTest {

    private static final Duration AMPLE = Duration.ofMinutes(1);

    /** A rebooked appointment has a root cause that is not one of its outages. */
    private static final Predicate<List<WorldEvent>> REBOOKED_BECAUSE_OF_A_DEPENDENCY =
            events -> BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT).impacts().values().stream()
                    .anyMatch(impact -> impact.state() == ImpactState.REBOOKED
                            && !impact.outageIds().containsAll(impact.rootCauses()));

    private static List<WorldEvent> failingWorld() {
        for (long seed = 0; ; seed++) {
            List<WorldEvent> events = RandomWorld.of(seed).events();
            if (REBOOKED_BECAUSE_OF_A_DEPENDENCY.test(events)) {
                return events;
            }
        }
    }

    @Test
    void keepsOnlyTheEventsThatTheFailureNeeds() {
        List<WorldEvent> events = failingWorld();

        Shrinker.Shrunk shrunk = Shrinker.within(AMPLE).shrink(events, REBOOKED_BECAUSE_OF_A_DEPENDENCY);

        // Two systems, one service, one or two observations of each system, and two versions of one appointment.
        assertThat(shrunk.events()).hasSizeBetween(7, 12);
        assertThat(shrunk.finished()).isTrue();
        assertThat(REBOOKED_BECAUSE_OF_A_DEPENDENCY.test(shrunk.events())).isTrue();
        assertThat(events).containsSubsequence(shrunk.events());
        for (WorldEvent event : shrunk.events()) {
            List<WorldEvent> fewer =
                    shrunk.events().stream().filter(other -> other != event).toList();
            assertThat(REBOOKED_BECAUSE_OF_A_DEPENDENCY.test(fewer))
                    .as("without " + event)
                    .isFalse();
        }
    }

    @Test
    void findsTwoEventsFarApart() {
        List<WorldEvent> events = RandomWorld.of(7).events();
        WorldEvent first = events.get(0);
        WorldEvent last = events.get(events.size() - 1);

        Shrinker.Shrunk shrunk =
                Shrinker.within(AMPLE).shrink(events, some -> some.contains(first) && some.contains(last));

        assertThat(shrunk.events()).containsExactly(first, last);
        assertThat(shrunk.attempts()).isLessThan(events.size());
    }

    @Test
    void aFailureThatNeedsNoEventsKeepsNone() {
        assertThat(Shrinker.within(AMPLE)
                        .shrink(RandomWorld.of(7).events(), some -> true)
                        .events())
                .isEmpty();
    }

    @Test
    void stopsAtTheTimeLimitWithTheSmallestListSoFar() {
        List<WorldEvent> events = RandomWorld.of(7).events();
        WorldEvent first = events.get(0);
        AtomicLong seconds = new AtomicLong();
        Shrinker shrinker = new Shrinker(
                Duration.ofSeconds(5), () -> Duration.ofSeconds(seconds.get()).toNanos());
        AtomicInteger tried = new AtomicInteger();

        Shrinker.Shrunk shrunk = shrinker.shrink(events, some -> {
            tried.incrementAndGet();
            seconds.addAndGet(1);
            return some.contains(first);
        });

        assertThat(tried).hasValueLessThan(9);
        assertThat(shrunk.finished()).isFalse();
        assertThat(shrunk.events()).contains(first).hasSizeLessThan(events.size() / 2);
        assertThat(shrunk.toString()).contains("time limit was reached");
    }

    @Test
    void refusesEventsThatDoNotFail() {
        assertThatThrownBy(() -> Shrinker.within(AMPLE).shrink(RandomWorld.of(7).events(), some -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not occur");
    }

    @Test
    void printsOneEventPerLine() {
        Shrinker.Shrunk shrunk = Shrinker.within(AMPLE).shrink(failingWorld(), REBOOKED_BECAUSE_OF_A_DEPENDENCY);

        System.out.println(shrunk);
        assertThat(shrunk.toString().lines())
                .hasSize(shrunk.events().size() + 1)
                .first()
                .isEqualTo(shrunk.events().size() + " events:");
        assertThat(shrunk.toString().lines().skip(1))
                .allSatisfy(line -> assertThat(line).matches("2022-\\S+Z  (system|service|health of|appointment) .*"));
    }
}
