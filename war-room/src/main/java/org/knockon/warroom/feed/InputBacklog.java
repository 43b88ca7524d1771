package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.knockon.schemas.PartitionProgress;

/**
 * Whether the pipeline is running and how far it is behind, from the progress that its instances report. Judges by the
 * arrival of the reports, not by the clock of the machine that sent them. All times are {@link System#nanoTime}. Not
 * thread-safe.
 *
 * <p>Valid: {@code onStored, onStored, onReport, status, onReport, status}.
 */
final class InputBacklog {

    /** A partition without a report for this long is not being read. */
    static final Duration STALE = Duration.ofSeconds(15);

    /** The age of a report up to which it counts as current: two were due and late. */
    private static final Duration CURRENT = PartitionProgress.REPORT_INTERVAL.multipliedBy(3);

    /** Half an hour of reports for each partition that is behind. After that they are kept less finely. */
    static final int MAX_ENDS = 900;

    private final long startedAt;
    private final Map<String, Partition> partitions = new HashMap<>();

    InputBacklog(long startedAt) {
        this.startedAt = startedAt;
    }

    /** A report that was on the topic before this war room started: the partition exists, and may not be read now. */
    void onStored(PartitionProgress progress) {
        partitions.computeIfAbsent(progress.key(), key -> new Partition());
    }

    /** A report that has just arrived. */
    void onReport(PartitionProgress progress, long now) {
        partitions.computeIfAbsent(progress.key(), key -> new Partition()).report(progress, now);
    }

    /** @param brokerRespondedAt when the broker last responded: without a broker no report can arrive */
    PipelineStatus status(long now, long brokerRespondedAt) {
        long behind = partitions.values().stream()
                .mapToLong(partition -> partition.behind(now))
                .max()
                .orElse(0);
        return new PipelineStatus(
                state(now, brokerRespondedAt), Duration.ofNanos(behind).toSeconds());
    }

    private PipelineStatus.State state(long now, long brokerRespondedAt) {
        long reported = partitions.values().stream()
                .filter(partition -> partition.age(now) < STALE.toNanos())
                .count();
        boolean starting = now - startedAt < STALE.toNanos();
        if (reported == 0) {
            long silent = brokerRespondedAt - lastReport();
            return !starting && silent >= STALE.toNanos() ? PipelineStatus.State.STOPPED : PipelineStatus.State.UNKNOWN;
        }
        return reported == partitions.size() || starting
                ? PipelineStatus.State.RUNNING
                : PipelineStatus.State.REBALANCING;
    }

    /** Number of ends kept for all partitions. */
    int ends() {
        return partitions.values().stream()
                .mapToInt(partition -> partition.unprocessed.size())
                .sum();
    }

    private long lastReport() {
        return partitions.values().stream()
                .filter(partition -> partition.reported)
                .mapToLong(partition -> partition.reportedAt)
                .reduce((a, b) -> a - b > 0 ? a : b)
                .orElse(startedAt);
    }

    /** Ends of the partition that are not processed yet, with the time at which each was first seen. */
    private final class Partition {

        private final Deque<End> unprocessed = new ArrayDeque<>();
        private boolean reported;
        private long reportedAt = startedAt;

        /** While no report arrives nobody knows when a record did: it may have been right after the last report. */
        void report(PartitionProgress progress, long now) {
            long since = reported && age(now) > CURRENT.toNanos() ? reportedAt : now;
            reported = true;
            reportedAt = now;
            unprocessed.removeIf(end -> end.offset > progress.end());
            if (unprocessed.isEmpty() || unprocessed.peekLast().offset < progress.end()) {
                // The older time errs on the side of "behind".
                long seen = unprocessed.size() < MAX_ENDS ? since : unprocessed.pollLast().since;
                unprocessed.addLast(new End(progress.end(), seen));
            }
            while (!unprocessed.isEmpty() && unprocessed.peekFirst().offset <= progress.position()) {
                unprocessed.pollFirst();
            }
        }

        /** Nanoseconds since the last report; {@link Long#MAX_VALUE} before the first. */
        long age(long now) {
            return reported ? now - reportedAt : Long.MAX_VALUE;
        }

        long behind(long now) {
            long silent = now - reportedAt;
            long oldest = unprocessed.isEmpty() ? 0 : now - unprocessed.peekFirst().since;
            return Math.max(oldest, silent > CURRENT.toNanos() ? silent : 0);
        }
    }

    private record End(long offset, long since) {}
}
