package org.knockon.impact.interval;

import java.util.Arrays;
import java.util.Collection;

/**
 * An immutable set of instants (epoch milliseconds), held as maximal half-open intervals in ascending order: no two of them
 * touch or overlap. {@link Long#MAX_VALUE} as an end means that the interval has none.
 */
public final class Intervals {

    /** No instant at all. */
    public static final Intervals NONE = new Intervals(new long[0]);

    /** Starts and ends in turn, strictly ascending. */
    private final long[] bounds;

    private Intervals(long[] bounds) {
        this.bounds = bounds;
    }

    /** [start, end), or {@link #NONE} when end is not after start. */
    public static Intervals of(long start, long end) {
        return start < end ? new Intervals(new long[] {start, end}) : NONE;
    }

    public static Intervals union(Collection<Intervals> sets) {
        int count = 0;
        Intervals only = NONE;
        for (Intervals set : sets) {
            count += set.size();
            only = set.isEmpty() ? only : set;
        }
        if (count == only.size()) {
            return only;
        }
        long[][] pairs = new long[count][];
        int next = 0;
        for (Intervals set : sets) {
            for (int i = 0; i < set.size(); i++) {
                pairs[next++] = new long[] {set.start(i), set.end(i)};
            }
        }
        Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
        long[] merged = new long[pairs.length * 2];
        int length = 0;
        for (long[] pair : pairs) {
            if (length > 0 && pair[0] <= merged[length - 1]) {
                merged[length - 1] = Math.max(merged[length - 1], pair[1]);
            } else {
                merged[length++] = pair[0];
                merged[length++] = pair[1];
            }
        }
        return length == 0 ? NONE : new Intervals(Arrays.copyOf(merged, length));
    }

    /** Each interval shortened by {@code span} milliseconds at its start; those left empty vanish. */
    public Intervals cutFront(long span) {
        if (span == 0) {
            return this;
        }
        long[] cut = new long[bounds.length];
        int length = 0;
        for (int i = 0; i < size(); i++) {
            if (start(i) < end(i) - span) {
                cut[length++] = start(i) + span;
                cut[length++] = end(i);
            }
        }
        return length == 0 ? NONE : new Intervals(Arrays.copyOf(cut, length));
    }

    /** The instants that lie in one of the two sets only. They begin and end where one set does and the other does not. */
    public Intervals differing(Intervals other) {
        long[] merged = new long[bounds.length + other.bounds.length];
        int length = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < bounds.length || theirs < other.bounds.length) {
            if (mine < bounds.length && theirs < other.bounds.length && bounds[mine] == other.bounds[theirs]) {
                mine++;
                theirs++;
            } else if (theirs == other.bounds.length || (mine < bounds.length && bounds[mine] < other.bounds[theirs])) {
                merged[length++] = bounds[mine++];
            } else {
                merged[length++] = other.bounds[theirs++];
            }
        }
        return length == 0 ? NONE : new Intervals(Arrays.copyOf(merged, length));
    }

    /** Those that start before the instant, whole. */
    public Intervals startingBefore(long instant) {
        return part(0, countStartingBefore(instant));
    }

    /** Those that start at the instant or later. */
    public Intervals startingFrom(long instant) {
        return part(countStartingBefore(instant), size());
    }

    /** @param later starts after the end of this */
    public Intervals followedBy(Intervals later) {
        if (isEmpty() || later.isEmpty()) {
            return isEmpty() ? later : this;
        }
        if (later.bounds[0] <= bounds[bounds.length - 1]) {
            throw new IllegalArgumentException(later.bounds[0] + " is not after " + bounds[bounds.length - 1]);
        }
        long[] both = Arrays.copyOf(bounds, bounds.length + later.bounds.length);
        System.arraycopy(later.bounds, 0, both, bounds.length, later.bounds.length);
        return new Intervals(both);
    }

    /** How many of them start before the instant. */
    public int countStartingBefore(long instant) {
        int at = Arrays.binarySearch(bounds, instant);
        int boundsBefore = at >= 0 ? at : -at - 1;
        return (boundsBefore + 1) / 2;
    }

    private Intervals part(int first, int end) {
        if (first == 0 && end == size()) {
            return this;
        }
        return first == end ? NONE : new Intervals(Arrays.copyOfRange(bounds, 2 * first, 2 * end));
    }

    public int size() {
        return bounds.length / 2;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public long start(int i) {
        return bounds[2 * i];
    }

    public long end(int i) {
        return bounds[2 * i + 1];
    }

    /** Index of the interval that holds the instant, or -1. */
    public int indexOf(long instant) {
        int at = Arrays.binarySearch(bounds, instant);
        if (at >= 0) {
            return at % 2 == 0 ? at / 2 : -1;
        }
        int insertion = -at - 1;
        return insertion % 2 == 1 ? insertion / 2 : -1;
    }

    public boolean contains(long instant) {
        return indexOf(instant) >= 0;
    }

    /** Index of the first interval that has an instant in common with [from, to), or -1. */
    public int firstOverlap(long from, long to) {
        if (from >= to) {
            return -1;
        }
        for (int i = 0; i < size() && start(i) < to; i++) {
            if (end(i) > from) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the last interval has no end. */
    public boolean open() {
        return !isEmpty() && bounds[bounds.length - 1] == Long.MAX_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
