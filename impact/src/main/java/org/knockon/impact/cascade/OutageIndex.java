package org.knockon.impact.cascade;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.knockon.impact.model.Outage;

/**
 * The known outages by system and by time. Outages that overlap a time range are found without visiting those that
 * ended long before: each outage is stored at a level, by its length, and in the piece of time of that level in which
 * it starts.
 */
final class OutageIndex {

    private static final Comparator<Moment> ORDER =
            Comparator.comparingLong(Moment::at).thenComparing(Moment::system).thenComparingLong(Moment::startedAt);

    /** The shortest pieces have 2^20 ms, about 17 minutes. */
    private static final int LOWEST_LEVEL = 20;

    private static final int LEVEL_OF_OPEN = 63;

    private final TreeMap<Moment, KnownOutage> byStart = new TreeMap<>(ORDER);
    private final TreeMap<Moment, KnownOutage> byEnd = new TreeMap<>(ORDER);
    private final Map<Piece, Set<KnownOutage>> byPiece = new HashMap<>();
    private final int[] countByLevel = new int[LEVEL_OF_OPEN + 1];

    /** Returns the replaced outage, or null. */
    KnownOutage put(KnownOutage known) {
        KnownOutage former = known.node.outages.put(known);
        if (former != null) {
            removeEntries(former);
        }
        byStart.put(start(known), known);
        byEnd.put(end(known), known);
        byPiece.computeIfAbsent(piece(known.outage), piece -> new LinkedHashSet<>(2))
                .add(known);
        countByLevel[level(known.outage)]++;
        return former;
    }

    /** Returns the removed outage, or null. */
    KnownOutage remove(SystemNode node, long startedAt) {
        KnownOutage former = node.outages.remove(startedAt);
        if (former != null) {
            removeEntries(former);
        }
        return former;
    }

    int size() {
        return byStart.size();
    }

    Collection<KnownOutage> all() {
        return byStart.values();
    }

    /** In order of start. */
    Collection<KnownOutage> startingFrom(long instant) {
        return instant == Long.MIN_VALUE
                ? byStart.values()
                : byStart.tailMap(new Moment(instant, "", Long.MIN_VALUE), true).values();
    }

    /** The outages that end after the instant or are open. */
    Collection<KnownOutage> endingAfter(long instant) {
        return instant == Long.MIN_VALUE
                ? byEnd.values()
                : byEnd.tailMap(new Moment(instant + 1, "", Long.MIN_VALUE), true)
                        .values();
    }

    /**
     * Visits the outages that overlap [from, to), which must not be empty.
     *
     * @param to exclusive; {@link Long#MAX_VALUE} for no end
     */
    void overlapping(long from, long to, Consumer<KnownOutage> visitor) {
        for (int level = LOWEST_LEVEL; level <= LEVEL_OF_OPEN; level++) {
            if (countByLevel[level] > 0) {
                long piece = from >> level;
                visitPiece(from, new Piece(level, piece - 1), visitor);
                visitPiece(from, new Piece(level, piece), visitor);
            }
        }
        if (to - 1 > from) {
            byStart.subMap(new Moment(from + 1, "", Long.MIN_VALUE), true, new Moment(to, "", Long.MIN_VALUE), false)
                    .values()
                    .forEach(visitor);
        }
    }

    private void visitPiece(long instant, Piece piece, Consumer<KnownOutage> visitor) {
        for (KnownOutage known : byPiece.getOrDefault(piece, Set.of())) {
            if (known.outage.holdsAt(instant)) {
                visitor.accept(known);
            }
        }
    }

    private void removeEntries(KnownOutage former) {
        byStart.remove(start(former));
        byEnd.remove(end(former));
        Piece piece = piece(former.outage);
        Set<KnownOutage> inPiece = byPiece.get(piece);
        inPiece.remove(former);
        if (inPiece.isEmpty()) {
            byPiece.remove(piece);
        }
        countByLevel[level(former.outage)]--;
    }

    private static Moment start(KnownOutage known) {
        return new Moment(known.startedAt(), known.node.id, known.startedAt());
    }

    private static Moment end(KnownOutage known) {
        return new Moment(known.endedAt(), known.node.id, known.startedAt());
    }

    private static Piece piece(Outage outage) {
        int level = level(outage);
        return new Piece(level, outage.startedAt() >> level);
    }

    /**
     * The lowest level whose pieces are at least as long as the outage, so that it ends in the next piece at the
     * latest.
     */
    private static int level(Outage outage) {
        long length = outage.endedAt() - outage.startedAt();
        return outage.open() || length < 0
                ? LEVEL_OF_OPEN
                : Math.max(LOWEST_LEVEL, Long.SIZE - Long.numberOfLeadingZeros(length));
    }

    private record Moment(long at, String system, long startedAt) {}

    /** @param piece the instants t with {@code t >> level == piece} */
    private record Piece(int level, long piece) {}
}
