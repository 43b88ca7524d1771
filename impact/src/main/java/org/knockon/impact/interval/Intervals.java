package org.knockon.impact.interval;

import java.util.Arrays;
import java.util.Collection;

/**
 * An immutable set of instants (epoch milliseconds), stored as maximal half-open intervals in ascending order: no two
 * of them touch or overlap. An interval that ends at {@link Long#MAX_VALUE} is open: it has no end.
 */
public final class Intervals {

    /** The empty set. */
    public static final Intervals NONE = new Intervals(new long[0]);

    /** Alternating starts and ends, strictly ascending. */
    private final long[] bounds;

    private Intervals(long[] bounds) {
        this.bounds = bounds;
    }

    /** The interval [start, end); {@link #NONE} if end is not after start. */
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

    /** Each interval without its first {@code span} milliseconds; intervals that become empty are dropped. */
    public Intervals trimStart(long span) {
        if (span == 0) {
            return this;
        }
        long[] trimmed = new long[bounds.length];
        int length = 0;
        for (int i = 0; i < size(); i++) {
            if (start(i) < end(i) - span) {
                trimmed[length++] = start(i) + span;
                trimmed[length++] = end(i);
            }
        }
        return length == 0 ? NONE : new Intervals(Arrays.copyOf(trimmed, length));
    }

    /**
     * The instants in exactly one of the two sets. A bound of one set is a bound of the result unless both sets have
     * it.
     */
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

    /** The intervals that start before the instant, uncut. */
    public Intervals startingBefore(long instant) {
        return part(0, countStartingBefore(instant));
    }

    /** The intervals that start at the instant or later. */
    public Intervals startingFrom(long instant) {
        return part(countStartingBefore(instant), size());
    }

    /** Appends intervals. @param later must start after the end of this set */
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

    /** Number of intervals that start before the instant. */
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

    /** Index of the interval that contains the instant, or -1. */
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

    /** Index of the first interval that overlaps [from, to), or -1. */
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

    /** Whether the last interval is open. */
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
