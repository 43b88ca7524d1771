package org.knockon.streams.count;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.streams.codec.CellTally;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;
import org.knockon.streams.task.TaskProcessor;

/**
 * Sums the partial counts of its cells. It publishes counts shortly after they change, and history when every assessor
 * partition has passed the end of another interval of event time.
 */
public final class ImpactCounter implements TaskProcessor<String, Partial> {

    /** Resolution of {@code impact-history}, milliseconds of event time. */
    private static final long HISTORY_INTERVAL = Duration.ofMinutes(5).toMillis();

    private static final Duration PUBLISH_EVERY = Duration.ofMillis(100);
    /** Event time after which {@code ALL} is sent again, milliseconds. */
    private static final long CLOCK_INTERVAL = 60_000;
    /** Wall-clock milliseconds without a move of event time after which {@code ALL} is sent again. */
    private static final long CLOCK_SETTLES = 2_000;

    /** Delay after the first change that follows an idle time; long enough for the other records of the same fetch. */
    private static final Duration PUBLISH_SOON = Duration.ofMillis(5);
    /**
     * How many times counts are published soon before the next idle time: the partitions report one outage at a few
     * different moments. Not more, because a stream thread halves the number of records it processes between two
     * punctuations whenever one fires.
     */
    private static final int MOST_SOON = 4;

    private final Activity activity;
    private final Set<String> unpublished = new HashSet<>();
    private final Set<String> unrecorded = new HashSet<>();
    private final Map<Integer, Long> clocks = new HashMap<>();
    private final ProcessorContext<Object, Object> context;
    /** By partition and cell. */
    private final KeyValueStore<String, ImpactCounts> partials;

    private final KeyValueStore<String, CellTally> tallies;
    private final KeyValueStore<Integer, Long> clockStore;
    private final String name;
    private final PromptCommit promptCommit;
    private final Cancellable publishing;
    private long now;
    /** Zero is before every event. */
    private long clockPublished;

    private long clockSeen = Long.MIN_VALUE;
    private long clockSeenAt;
    private Cancellable publishingSoon;
    private int leftSoon;

    public ImpactCounter(ProcessorContext<Object, Object> context, Activity activity) {
        this.context = context;
        this.activity = activity;
        name = Names.IMPACT_COUNTER + " " + context.taskId();
        partials = context.getStateStore(Names.CELL_PARTIALS);
        tallies = context.getStateStore(Names.CELL_TALLIES);
        clockStore = context.getStateStore(Names.PARTITION_CLOCKS);
        try (KeyValueIterator<Integer, Long> all = clockStore.all()) {
            all.forEachRemaining(entry -> clocks.put(entry.key, entry.value));
        }
        now = slowest();
        try (KeyValueIterator<String, CellTally> all = tallies.all()) {
            all.forEachRemaining(entry -> note(entry.key, entry.value));
        }
        promptCommit = new PromptCommit(context);
        publishing = context.schedule(PUBLISH_EVERY, PunctuationType.WALL_CLOCK_TIME, wallClock -> {
            publishInTurn();
            publishClock(wallClock);
        });
        activity.pending(name, unpublished.size());
    }

    @Override
    public void process(Record<String, Partial> record) {
        if (record.value() instanceof Partial.CellCount count) {
            accept(record.key(), count);
        } else if (record.value() instanceof Partial.Tick tick) {
            onTick(tick);
        }
        if (!unpublished.isEmpty() && publishingSoon == null && leftSoon > 0) {
            leftSoon--;
            publishingSoon =
                    context.schedule(PUBLISH_SOON, PunctuationType.WALL_CLOCK_TIME, wallClock -> publishSoon());
        }
        activity.pending(name, unpublished.size());
    }

    /** Costs the same however many partitions there are: a row for each, and a running sum. */
    private void accept(String cell, Partial.CellCount count) {
        String row = count.partition() + " " + cell;
        ImpactCounts known = partials.get(row);
        ImpactCounts before = known == null ? ImpactCounts.ZERO : known;
        if (count.counts().equals(before)) {
            return;
        }
        if (count.counts().equals(ImpactCounts.ZERO)) {
            partials.delete(row);
        } else {
            partials.put(row, count.counts());
        }
        CellTally former = tallies.get(cell);
        CellTally tally = former == null ? CellTally.EMPTY : former;
        ImpactCounts sum = tally.sum().plus(before.times(-1)).plus(count.counts());
        CellTally changed = new CellTally(sum, tally.published(), tally.recorded());
        tallies.put(cell, changed);
        note(cell, changed);
    }

    private void note(String cell, CellTally tally) {
        ImpactCounts sum = tally.sum();
        set(unpublished, cell, !sum.equals(tally.published()));
        set(unrecorded, cell, !sum.equals(tally.recorded()));
    }

    private static void set(Set<String> cells, String cell, boolean present) {
        if (present) {
            cells.add(cell);
        } else {
            cells.remove(cell);
        }
    }

    private void onTick(Partial.Tick tick) {
        Long known = clocks.get(tick.partition());
        if (known != null && known >= tick.now()) {
            return;
        }
        clocks.put(tick.partition(), tick.now());
        clockStore.put(tick.partition(), tick.now());
        long slowest = slowest();
        if (slowest > now) {
            boolean another = now != Long.MIN_VALUE
                    && Math.floorDiv(slowest, HISTORY_INTERVAL) > Math.floorDiv(now, HISTORY_INTERVAL);
            now = slowest;
            if (another) {
                publish();
                recordHistory(Math.floorDiv(slowest, HISTORY_INTERVAL) * HISTORY_INTERVAL);
            }
        }
    }

    private long slowest() {
        return clocks.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }

    private void publishSoon() {
        publishInTurn();
        promptCommit.request();
    }

    private void publishInTurn() {
        cancelSoon();
        if (unpublished.isEmpty()) {
            leftSoon = MOST_SOON;
        }
        publish();
    }

    private void cancelSoon() {
        if (publishingSoon != null) {
            publishingSoon.cancel();
            publishingSoon = null;
        }
    }

    private void publish() {
        for (String cell : unpublished) {
            CellTally tally = tallies.get(cell);
            ImpactCounts sum = tally.sum();
            keep(cell, new CellTally(sum, sum, tally.recorded()));
            send(cell, sum, eventTime(), Names.TO_IMPACT_COUNTS);
        }
        unpublished.clear();
        activity.pending(name, 0);
    }

    /**
     * Sends {@code ALL} again although it has not changed: its {@code asOf} shows readers that counting keeps up. Once
     * a minute of event time, and once more when the clock has not moved for a while.
     */
    private void publishClock(long wallClock) {
        if (now != clockSeen) {
            clockSeen = now;
            clockSeenAt = wallClock;
        }
        boolean due = now - clockPublished >= CLOCK_INTERVAL || wallClock - clockSeenAt >= CLOCK_SETTLES;
        if (now <= clockPublished || !due) {
            return;
        }
        CellTally all = tallies.get(Cell.ALL.key());
        clockPublished = now;
        if (all != null) {
            send(Cell.ALL.key(), all.sum(), now, Names.TO_IMPACT_COUNTS);
        }
    }

    private void recordHistory(long asOf) {
        for (String cell : unrecorded) {
            CellTally tally = tallies.get(cell);
            ImpactCounts sum = tally.sum();
            keep(cell, new CellTally(sum, tally.published(), sum));
            send(cell, sum, asOf, Names.TO_IMPACT_HISTORY);
        }
        unrecorded.clear();
    }

    /** An empty cell that has been published as empty leaves no state behind. ALL stays, because it carries the clock. */
    private void keep(String cell, CellTally tally) {
        boolean ended = ImpactCounts.ZERO.equals(tally.sum())
                && ImpactCounts.ZERO.equals(tally.published())
                && ImpactCounts.ZERO.equals(tally.recorded())
                && !cell.equals(Cell.ALL.key());
        if (ended) {
            tallies.delete(cell);
        } else {
            tallies.put(cell, tally);
        }
    }

    /** The slowest partition's clock; before the first tick the stream time. */
    private long eventTime() {
        return now == Long.MIN_VALUE ? Math.max(0, context.currentStreamTimeMs()) : now;
    }

    private void send(String cell, ImpactCounts counts, long asOf, String child) {
        context.forward(new Record<>(cell, new CellCounts(Cell.parse(cell), counts, asOf), Math.max(0, asOf)), child);
    }

    @Override
    public void close() {
        publishing.cancel();
        cancelSoon();
        activity.removeTask(name);
    }
}
