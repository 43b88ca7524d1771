package org.knockon.cli.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.knockon.cli.counts.PublishedResults;

/**
 * The outcome of a replay.
 *
 * @param events number of events published
 * @param published results on the topics
 * @param deadLetters number of records that the pipeline could not process
 * @param weeks counts and published figures by week; empty if the scenario has none
 * @param timing how long the replay took
 * @param peakBytes peak memory by process; empty if unavailable
 * @param verification empty unless requested
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
     * @param ready from the start of the command until broker, registry, topics and app were ready
     * @param replay from the first event until the last count was published
     * @param total from the start until the summary, including the verification if requested
     */
    record Timing(Duration ready, Duration replay, Duration total) {}

    double eventsPerSecond() {
        return events / Math.max(1e-3, timing.replay().toMillis() / 1e3);
    }

    boolean verified() {
        return verification.map(Verification::matches).orElse(true);
    }

    long totalPeakBytes() {
        return peakBytes.values().stream().mapToLong(bytes -> bytes).sum();
    }
}
