package org.knockon.impact.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    private static final long NO_END = Long.MAX_VALUE;

    @Test
    void intervalThatEndsAtItsStartIsEmpty() {
        assertThat(Intervals.of(10, 10)).isEqualTo(Intervals.NONE);
        assertThat(Intervals.of(10, 9).isEmpty()).isTrue();
    }

    @Test
    void unionOfNothingIsEmpty() {
        assertThat(Intervals.union(List.of())).isEqualTo(Intervals.NONE);
        assertThat(Intervals.union(List.of(Intervals.NONE, Intervals.NONE))).isEqualTo(Intervals.NONE);
    }

    @Test
    void unionKeepsSeparateIntervalsInOrder() {
        Intervals union = union(Intervals.of(30, 40), Intervals.of(10, 20), Intervals.NONE);

        assertThat(union.size()).isEqualTo(2);
        assertThat(union.start(0)).isEqualTo(10);
        assertThat(union.end(0)).isEqualTo(20);
        assertThat(union.start(1)).isEqualTo(30);
        assertThat(union.end(1)).isEqualTo(40);
    }

    @Test
    void unionJoinsIntervalsThatTouch() {
        assertThat(union(Intervals.of(10, 20), Intervals.of(20, 30))).isEqualTo(Intervals.of(10, 30));
    }

    @Test
    void unionJoinsIntervalsThatOverlapOrContainEachOther() {
        assertThat(union(Intervals.of(10, 25), Intervals.of(20, 30))).isEqualTo(Intervals.of(10, 30));
        assertThat(union(Intervals.of(10, 50), Intervals.of(20, 30), Intervals.of(40, 45)))
                .isEqualTo(Intervals.of(10, 50));
    }

    @Test
    void unionWithAnOpenIntervalIsOpen() {
        Intervals union = union(Intervals.of(10, 20), Intervals.of(15, NO_END));

        assertThat(union).isEqualTo(Intervals.of(10, NO_END));
        assertThat(union.open()).isTrue();
        assertThat(Intervals.of(10, 20).open()).isFalse();
        assertThat(Intervals.NONE.open()).isFalse();
    }

    @Test
    void trimStartShortensEachIntervalAtItsStart() {
        assertThat(union(Intervals.of(10, 20), Intervals.of(30, 40)).trimStart(4))
                .isEqualTo(union(Intervals.of(14, 20), Intervals.of(34, 40)));
    }

    @Test
    void trimStartDropsIntervalsThatBecomeEmpty() {
        assertThat(union(Intervals.of(10, 20), Intervals.of(30, 41)).trimStart(10))
                .isEqualTo(Intervals.of(40, 41));
        assertThat(Intervals.of(10, 20).trimStart(10)).isEqualTo(Intervals.NONE);
    }

    @Test
    void trimStartLeavesAnOpenIntervalOpen() {
        assertThat(Intervals.of(10, NO_END).trimStart(5)).isEqualTo(Intervals.of(15, NO_END));
    }

    @Test
    void trimStartByZeroChangesNothing() {
        assertThat(Intervals.of(10, 20).trimStart(0)).isEqualTo(Intervals.of(10, 20));
    }

    @Test
    void anIntervalIncludesItsStartAndExcludesItsEnd() {
        Intervals two = union(Intervals.of(10, 20), Intervals.of(30, 40));

        assertThat(two.indexOf(9)).isEqualTo(-1);
        assertThat(two.indexOf(10)).isEqualTo(0);
        assertThat(two.indexOf(19)).isEqualTo(0);
        assertThat(two.indexOf(20)).isEqualTo(-1);
        assertThat(two.indexOf(25)).isEqualTo(-1);
        assertThat(two.indexOf(30)).isEqualTo(1);
        assertThat(two.indexOf(39)).isEqualTo(1);
        assertThat(two.indexOf(40)).isEqualTo(-1);
        assertThat(two.contains(39)).isTrue();
        assertThat(two.contains(40)).isFalse();
    }

    @Test
    void firstOverlapFindsTheEarliestOverlappingInterval() {
        Intervals two = union(Intervals.of(10, 20), Intervals.of(30, 40));

        assertThat(two.firstOverlap(0, 100)).isEqualTo(0);
        assertThat(two.firstOverlap(19, 31)).isEqualTo(0);
        assertThat(two.firstOverlap(20, 31)).isEqualTo(1);
        assertThat(two.firstOverlap(39, 50)).isEqualTo(1);
    }

    @Test
    void intervalsThatOnlyTouchDoNotOverlap() {
        Intervals two = union(Intervals.of(10, 20), Intervals.of(30, 40));

        assertThat(two.firstOverlap(0, 10)).isEqualTo(-1);
        assertThat(two.firstOverlap(20, 30)).isEqualTo(-1);
        assertThat(two.firstOverlap(40, 50)).isEqualTo(-1);
    }

    @Test
    void emptyRangeOverlapsNothing() {
        assertThat(Intervals.of(10, 20).firstOverlap(15, 15)).isEqualTo(-1);
    }

    @Test
    void differingIsEmptyForEqualSets() {
        Intervals set = union(Intervals.of(10, 20), Intervals.of(30, 40));

        assertThat(set.differing(union(Intervals.of(30, 40), Intervals.of(10, 20))))
                .isEqualTo(Intervals.NONE);
    }

    @Test
    void differingContainsTheInstantsInExactlyOneSet() {
        Intervals before = union(Intervals.of(10, 20), Intervals.of(30, 40), Intervals.of(50, 60));
        Intervals after = union(Intervals.of(10, 20), Intervals.of(30, 45), Intervals.of(55, 80));

        Intervals expected = union(Intervals.of(40, 45), Intervals.of(50, 55), Intervals.of(60, 80));
        assertThat(before.differing(after)).isEqualTo(expected);
        assertThat(after.differing(before)).isEqualTo(expected);
    }

    @Test
    void differingJoinsIntervalsThatTouch() {
        assertThat(Intervals.of(10, 20).differing(Intervals.of(20, 30))).isEqualTo(Intervals.of(10, 30));
        assertThat(Intervals.of(10, 30).differing(Intervals.of(10, 20))).isEqualTo(Intervals.of(20, 30));
        assertThat(Intervals.NONE.differing(Intervals.of(10, 20))).isEqualTo(Intervals.of(10, 20));
    }

    private static Intervals union(Intervals... sets) {
        return Intervals.union(List.of(sets));
    }

    @Test
    void canBeSplitBetweenIntervalsAndJoinedAgain() {
        Intervals all = Intervals.union(List.of(Intervals.of(10, 20), Intervals.of(30, 40), Intervals.of(50, 60)));
        for (long instant : new long[] {Long.MIN_VALUE, 9, 10, 11, 20, 29, 30, 31, 50, 51, 60, Long.MAX_VALUE}) {
            Intervals before = all.startingBefore(instant);
            Intervals from = all.startingFrom(instant);

            assertThat(before.followedBy(from)).isEqualTo(all);
            assertThat(before.size()).isEqualTo(all.countStartingBefore(instant));
            assertThat(before.isEmpty() || before.start(before.size() - 1) < instant)
                    .isTrue();
            assertThat(from.isEmpty() || from.start(0) >= instant).isTrue();
        }
        assertThat(all.startingBefore(30)).isEqualTo(Intervals.of(10, 20));
    }

    @Test
    void cannotBeFollowedByAnIntervalThatTouchesIt() {
        Intervals first = Intervals.of(10, 20);

        assertThatThrownBy(() -> first.followedBy(Intervals.of(20, 30))).isInstanceOf(IllegalArgumentException.class);
    }
}
