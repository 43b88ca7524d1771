package org.knockon.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What the pipeline is doing, for metrics and for {@code --until-quiet}. Written by stream threads, read by any. */
public final class Activity {

    private final LongAdder records = new LongAdder();
    private final LongAdder reassessed = new LongAdder();
    private final LongAdder displaced = new LongAdder();
    private final LongAdder versionsDisplaced = new LongAdder();
    private final LongAccumulator longestStep = new LongAccumulator(Math::max, 0);
    private final LongAccumulator clock = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final Map<String, Long> pending = new ConcurrentHashMap<>();
    private final Map<String, Integer> degraded = new ConcurrentHashMap<>();

    public void processed() {
        records.increment();
    }

    public void reassessed(int appointments) {
        reassessed.add(appointments);
    }

    /** Votes that the bound on monitors of one system displaced. A fold that is done again counts them again. */
    public void displaced(int votes) {
        displaced.add(votes);
    }

    public long displaced() {
        return displaced.sum();
    }

    /** An appointment has more versions than are kept, and one of them was dropped. */
    public void versionDisplaced() {
        versionsDisplaced.increment();
    }

    /** @param nanos time that one call into a processor took */
    public void step(long nanos) {
        longestStep.accumulate(nanos);
    }

    public void clock(long now) {
        clock.accumulate(now);
    }

    /** Work left of one node of one task; 0 when there is none. */
    public void pending(String node, long items) {
        pending.put(node, items);
    }

    /** The task has gone to another thread or instance. */
    public void forget(String node) {
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
