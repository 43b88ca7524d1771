package org.knockon.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * A stretch [start, end) in which one system's status did not change; only the last one, at now, may have no length (5).
 *
 * @param silent DOWN because nothing was heard, whatever the votes say (4)
 */
record StatusPiece(long start, long end, SystemStatus status, boolean silent) {

    /** How many monitors of one system vote at one instant (3). */
    static final int MOST_VOTERS = 100;

    private static final Comparator<Word> NEWEST_FIRST = Comparator.comparingLong(Word::observedAt)
            .thenComparing(Word::monitor)
            .reversed();

    boolean unavailable() {
        return status.unavailable();
    }

    /**
     * The whole status line of one system, from its first observation to now (1, 3, 4, 5).
     *
     * @param mostVoters how many monitors may vote at one instant
     */
    static List<StatusPiece> line(Collection<Observation> ofOneSystem, long silenceAfter, int mostVoters, long now) {
        Map<String, TreeMap<Long, SystemStatus>> byMonitor = new TreeMap<>();
        for (Observation observation : ofOneSystem) {
            byMonitor
                    .computeIfAbsent(observation.monitor(), monitor -> new TreeMap<>())
                    .merge(observation.observedAt(), observation.status(), StatusPiece::worse);
        }
        NavigableSet<Long> heardAt = new TreeSet<>();
        byMonitor.values().forEach(seen -> heardAt.addAll(seen.keySet()));

        NavigableSet<Long> changes = new TreeSet<>(heardAt);
        heardAt.forEach(instant -> changes.add(instant + silenceAfter + 1));

        List<StatusPiece> line = new ArrayList<>();
        for (long start : changes.headSet(now, true)) {
            Long next = changes.higher(start);
            long end = next == null ? now : Math.min(next, now);
            boolean silent = silentAt(start, heardAt, silenceAfter, now);
            SystemStatus status = silent ? SystemStatus.DOWN : majorityAt(start, byMonitor, silenceAfter, mostVoters);
            line.add(new StatusPiece(start, end, status, silent));
        }
        return line;
    }

    /**
     * Whether the gap around the instant, between two observations or from the last one to now, is longer than
     * {@code silenceAfter}. The last gap holds now itself too: nothing has been heard then either.
     */
    private static boolean silentAt(long instant, NavigableSet<Long> heardAt, long silenceAfter, long now) {
        Long next = heardAt.higher(instant);
        return (next == null ? now : next) - heardAt.floor(instant) > silenceAfter;
    }

    private static SystemStatus majorityAt(
            long instant, Map<String, TreeMap<Long, SystemStatus>> byMonitor, long silenceAfter, int mostVoters) {
        List<Word> words = new ArrayList<>();
        byMonitor.forEach((monitor, seen) -> {
            Map.Entry<Long, SystemStatus> newest = seen.floorEntry(instant);
            if (newest != null && instant - newest.getKey() <= silenceAfter) {
                words.add(new Word(newest.getKey(), monitor, newest.getValue()));
            }
        });
        Map<SystemStatus, Integer> votes = new EnumMap<>(SystemStatus.class);
        words.stream()
                .sorted(NEWEST_FIRST)
                .limit(mostVoters)
                .forEach(word -> votes.merge(word.status, 1, Integer::sum));
        SystemStatus winner = null;
        for (SystemStatus status : SystemStatus.values()) { // by rising badness, so that a tie goes to the worse
            if (votes.containsKey(status) && (winner == null || votes.get(status) >= votes.get(winner))) {
                winner = status;
            }
        }
        return winner;
    }

    /** A monitor's newest observation at some instant. */
    private record Word(long observedAt, String monitor, SystemStatus status) {}

    private static SystemStatus worse(SystemStatus one, SystemStatus other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
