package org.knockon.streams.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the pipeline is doing, for metrics and for {@code --until-idle}. Stream threads write it; any thread may read
 * it.
 */
public final class Activity {

    private final LongAdder records = new LongAdder();
    private final LongAdder reassessed = new LongAdder();
    private final LongAdder votesDisplaced = new LongAdder();
    private final LongAdder versionsDisplaced = new LongAdder();
    private final LongAccumulator longestStep = new LongAccumulator(Math::max, 0);
    private final LongAccumulator clock = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final Map<String, Long> pending = new ConcurrentHashMap<>();
    private final Map<String, Integer> degraded = new ConcurrentHashMap<>();

    /** Counts one input record. */
    public void processed() {
        records.increment();
    }

    public void reassessed(int appointments) {
        reassessed.add(appointments);
    }

    /** Counts votes displaced by the bound on monitors of one system. A refold counts them again. */
    public void votesDisplaced(int votes) {
        votesDisplaced.add(votes);
    }

    public long votesDisplaced() {
        return votesDisplaced.sum();
    }

    /** Counts a version that was dropped because its appointment has more versions than are kept. */
    public void versionDisplaced() {
        versionsDisplaced.increment();
    }

    /** @param nanos duration of one call into a processor */
    public void step(long nanos) {
        longestStep.accumulate(nanos);
    }

    public void clock(long now) {
        clock.accumulate(now);
    }

    /**
     * Sets the amount of unfinished work.
     *
     * @param node name of the processor and its task
     * @param items 0 for none
     */
    public void pending(String node, long items) {
        pending.put(node, items);
    }

    /** The task has moved to another thread or instance. */
    public void removeTask(String node) {
        pending.remove(node);
        degraded.remove(node);
    }

    public void degraded(String node, int systems) {
        degraded.put(node, systems);
    }

    public long records() {
        return records.sum();
    }

    public long reassessed() {
        return reassessed.sum();
    }

    public long versionsDisplaced() {
        return versionsDisplaced.sum();
    }

    public long longestStepNanos() {
        return longestStep.get();
    }

    /** Event time, epoch milliseconds; {@link Long#MIN_VALUE} before the first tick. */
    public long clock() {
        return clock.get();
    }

    public long pending() {
        return pending.values().stream().mapToLong(Long::longValue).sum();
    }

    public int systemsDegraded() {
        return degraded.values().stream().mapToInt(Integer::intValue).sum();
    }
}
