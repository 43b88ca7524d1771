package org.knockon.cli.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.knockon.cli.counts.PublishedResults;

/**
 * What there is to say at the end.
 *
 * @param events number published
 * @param published as it stands on the topics
 * @param deadLetters records that the pipeline could not process
 * @param timing how long it took
 * @param peakBytes most memory held by each process, by name; empty where that cannot be found out
 * @param verification empty unless it was asked for
 */
record ReplaySummary(
        ReplayPlan plan,
        long events,
        PublishedResults published,
        long deadLetters,
        List<WeekFigures> weeks,
        Timing timing,
        SortedMap<String, Long> peakBytes,
        Optional<Verification> verification) {

    /**
     * @param ready from the start of the command until broker, registry, topics and app were there
     * @param replay from the first event until the last count was published
     * @param total from the start until the summary, verified if that was asked for
     */
    record Timing(Duration ready, Duration replay, Duration total) {}

    double eventsPerSecond() {
        return events / Math.max(1e-3, timing.replay().toMillis() / 1e3);
    }

    boolean verified() {
        return verification.map(Verification::matches).orElse(true);
    }

    long peakBytesInAll() {
        return peakBytes.values().stream().mapToLong(bytes -> bytes).sum();
    }
}
