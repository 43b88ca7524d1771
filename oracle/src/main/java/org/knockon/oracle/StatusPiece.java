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
 * A period [start, end) in which the status of one system does not change. Only the last one, at now, may have length 0
 * (5).
 *
 * @param silent whether it is DOWN because of silence, regardless of the votes (4)
 */
record StatusPiece(long start, long end, SystemStatus status, boolean silent) {

    /** Greatest number of monitors of one system that vote at one instant (3). */
    static final int MOST_VOTERS = 100;

    private static final Comparator<Vote> NEWEST_FIRST = Comparator.comparingLong(Vote::observedAt)
            .thenComparing(Vote::monitor)
            .reversed();

    boolean unavailable() {
        return status.unavailable();
    }

    /**
     * The whole status line of one system, from its first observation to now (1, 3, 4, 5).
     *
     * @param mostVoters greatest number of monitors that vote at one instant
     */
    static List<StatusPiece> line(Collection<Observation> ofOneSystem, long silenceAfter, int mostVoters, long now) {
        Map<String, TreeMap<Long, SystemStatus>> byMonitor = new TreeMap<>();
        for (Observation observation : ofOneSystem) {
            byMonitor
                    .computeIfAbsent(observation.monitor(), monitor -> new TreeMap<>())
                    .merge(observation.observedAt(), observation.status(), StatusPiece::worse);
        }
        NavigableSet<Long> observedAt = new TreeSet<>();
        byMonitor.values().forEach(seen -> observedAt.addAll(seen.keySet()));

        NavigableSet<Long> changes = new TreeSet<>(observedAt);
        observedAt.forEach(instant -> changes.add(instant + silenceAfter + 1));

        List<StatusPiece> line = new ArrayList<>();
        for (long start : changes.headSet(now, true)) {
            Long next = changes.higher(start);
            long end = next == null ? now : Math.min(next, now);
            boolean silent = silentAt(start, observedAt, silenceAfter, now);
            SystemStatus status = silent ? SystemStatus.DOWN : majorityAt(start, byMonitor, silenceAfter, mostVoters);
            line.add(new StatusPiece(start, end, status, silent));
        }
        return line;
    }

    /**
     * Whether the gap around the instant, between two observations or from the last one to now, is longer than
     * {@code silenceAfter}. The last gap includes now itself, because no observation has arrived then either.
     */
    private static boolean silentAt(long instant, NavigableSet<Long> observedAt, long silenceAfter, long now) {
        Long next = observedAt.higher(instant);
        return (next == null ? now : next) - observedAt.floor(instant) > silenceAfter;
    }

    private static SystemStatus majorityAt(
            long instant, Map<String, TreeMap<Long, SystemStatus>> byMonitor, long silenceAfter, int mostVoters) {
        List<Vote> voters = new ArrayList<>();
        byMonitor.forEach((monitor, seen) -> {
            Map.Entry<Long, SystemStatus> newest = seen.floorEntry(instant);
            if (newest != null && instant - newest.getKey() <= silenceAfter) {
                voters.add(new Vote(newest.getKey(), monitor, newest.getValue()));
            }
        });
        Map<SystemStatus, Integer> votes = new EnumMap<>(SystemStatus.class);
        voters.stream()
                .sorted(NEWEST_FIRST)
                .limit(mostVoters)
                .forEach(vote -> votes.merge(vote.status, 1, Integer::sum));
        SystemStatus winner = null;
        for (SystemStatus status : SystemStatus.values()) { // from best to worst, so that a tie goes to the worse
            if (votes.containsKey(status) && (winner == null || votes.get(status) >= votes.get(winner))) {
                winner = status;
            }
        }
        return winner;
    }

    /** A monitor's newest observation at some instant. */
    private record Vote(long observedAt, String monitor, SystemStatus status) {}

    private static SystemStatus worse(SystemStatus one, SystemStatus other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
