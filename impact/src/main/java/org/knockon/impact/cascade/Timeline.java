package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The outages of one system in order of start. They overlap only while corrections by the detector are in progress, so
 * those that overlap a short range are found near it, however many there are.
 */
final class Timeline {

    private TreeMap<Long, KnownOutage> byStart;
    private List<KnownOutage> open;
    /** Length of the longest ended outage so far, in milliseconds; never decreases. */
    private long longest;

    boolean isEmpty() {
        return byStart == null || byStart.isEmpty();
    }

    /** Null if no outage starts then. */
    KnownOutage get(long startedAt) {
        return byStart == null ? null : byStart.get(startedAt);
    }

    Collection<KnownOutage> all() {
        return byStart == null ? List.of() : byStart.values();
    }

    Collection<KnownOutage> startingFrom(long instant) {
        return byStart == null ? List.of() : byStart.tailMap(instant, true).values();
    }

    /** Returns the replaced outage, or null. */
    KnownOutage put(KnownOutage known) {
        if (byStart == null) {
            byStart = new TreeMap<>();
            open = new ArrayList<>(1);
        }
        KnownOutage former = byStart.put(known.startedAt(), known);
        open.remove(former);
        if (known.outage.open()) {
            open.add(known);
        } else {
            longest = Math.max(longest, known.endedAt() - known.startedAt());
        }
        return former;
    }

    /** Returns the removed outage, or null. */
    KnownOutage remove(long startedAt) {
        if (byStart == null) {
            return null;
        }
        KnownOutage former = byStart.remove(startedAt);
        open.remove(former);
        return former;
    }

    /** The earliest start; {@link Long#MAX_VALUE} without outages. */
    long from() {
        return isEmpty() ? Long.MAX_VALUE : byStart.firstKey();
    }

    /** The latest end; {@link Long#MIN_VALUE} without outages. */
    long to() {
        if (isEmpty()) {
            return Long.MIN_VALUE;
        }
        if (!open.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long latest = byStart.lastEntry().getValue().endedAt();
        for (KnownOutage known : byStart.tailMap(latest - longest, true).values()) {
            latest = Math.max(latest, known.endedAt());
        }
        return latest;
    }

    /**
     * Visits the outages that overlap [from, to), which must not be empty.
     *
     * @param to exclusive; {@link Long#MAX_VALUE} for no end
     */
    void overlapping(long from, long to, Consumer<KnownOutage> visitor) {
        if (isEmpty()) {
            return;
        }
        long earliest = from < Long.MIN_VALUE + longest ? Long.MIN_VALUE : from - longest;
        for (KnownOutage known : byStart.subMap(earliest, true, to, false).values()) {
            if (known.endedAt() > from && !known.outage.open()) {
                visitor.accept(known);
            }
        }
        for (KnownOutage known : open) {
            if (known.startedAt() < to) {
                visitor.accept(known);
            }
        }
    }
}
