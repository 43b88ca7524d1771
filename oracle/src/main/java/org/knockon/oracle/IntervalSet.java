package org.knockon.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Maximal intervals in order of time: no two of them touch (16). */
record IntervalSet(List<Interval> intervals) {

    /** The union of any intervals. Empty ones are dropped, touching ones are joined. */
    static IntervalSet union(Collection<Interval> any) {
        List<Interval> sorted = any.stream()
                .filter(interval -> !interval.isEmpty())
                .sorted(Comparator.comparingLong(Interval::start))
                .toList();
        List<Interval> maximal = new ArrayList<>();
        for (Interval next : sorted) {
            Interval newest = maximal.isEmpty() ? null : maximal.get(maximal.size() - 1);
            if (newest != null && next.start() <= newest.end()) {
                maximal.set(maximal.size() - 1, new Interval(newest.start(), Math.max(newest.end(), next.end())));
            } else {
                maximal.add(next);
            }
        }
        return new IntervalSet(List.copyOf(maximal));
    }

    Optional<Interval> intervalAt(long instant) {
        for (Interval interval : intervals) {
            if (interval.contains(instant)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }

    boolean contains(long instant) {
        return intervalAt(instant).isPresent();
    }

    /** The first instant of [from, to) in this set. */
    OptionalLong firstInstantWithin(long from, long to) {
        for (Interval interval : intervals) {
            long first = Math.max(interval.start(), from);
            if (first < to && interval.contains(first)) {
                return OptionalLong.of(first);
            }
        }
        return OptionalLong.empty();
    }

    /** Each interval without its first {@code span} milliseconds; intervals that become empty are dropped. */
    List<Interval> trimmedAtStart(long span) {
        return intervals.stream()
                .map(interval -> new Interval(interval.start() + span, interval.end()))
                .filter(interval -> !interval.isEmpty())
                .toList();
    }
}
