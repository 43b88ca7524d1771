package org.knockon.streams.count;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.streams.codec.CellTally;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Sums the partial counts of its cells. Counts go out shortly after they change; history goes out when every assessor partition
 * has passed the end of another stretch of event time.
 */
public final class ImpactCounter implements Processor<String, Partial, Object, Object> {

    /** Resolution of {@code impact-history}, milliseconds of event time. */
    public static final long HISTORY_STRETCH = 5 * 60 * 1000L;

    private static final Duration PUBLISH_EVERY = Duration.ofMillis(100);
    /** Event time after which {@code ALL} is sent again, milliseconds. */
    static final long CLOCK_STRETCH = 60_000;
    /** Wall clock for which event time stands still before {@code ALL} is sent with it, milliseconds. */
    static final long CLOCK_SETTLES = 2_000;

    /** After the first word that follows a rest; long enough for the rest of what was fetched together. */
    private static final Duration PUBLISH_SOON = Duration.ofMillis(5);
    /**
     * How often soon, until there is a rest: the partitions tell of one outage at a few different moments. No oftener, because a stream
     * thread halves the number of records it takes between two turns whenever one fires.
     */
    private static final int MOST_SOON = 4;

    private final Activity activity;
    private final Set<String> unpublished = new HashSet<>();
    private final Set<String> unrecorded = new HashSet<>();
    private final Map<Integer, Long> clocks = new HashMap<>();
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, CellTally> tallies;
    private KeyValueStore<Integer, Long> clockStore;
    private String name;
    private long now = Long.MIN_VALUE;
    /** Zero is before every event. */
    private long clockPublished;

    private long clockSeen = Long.MIN_VALUE;
    private long clockSeenAt;
    private PromptCommit promptCommit;
    private Cancellable publishing;
    private Cancellable publishingSoon;
    private int leftSoon;

    public ImpactCounter(Activity activity) {
        this.activity = activity;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        name = Names.IMPACT_COUNTER + " " + context.taskId();
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
            take(record.key(), count);
        } else if (record.value() instanceof Partial.Tick tick) {
            tick(tick);
        }
        if (!unpublished.isEmpty() && publishingSoon == null && leftSoon > 0) {
            leftSoon--;
            publishingSoon =
                    context.schedule(PUBLISH_SOON, PunctuationType.WALL_CLOCK_TIME, wallClock -> publishSoon());
        }
        activity.pending(name, unpublished.size());
    }

    private void take(String cell, Partial.CellCount count) {
        CellTally known = tallies.get(cell);
        SortedMap<Integer, ImpactCounts> partials = new TreeMap<>();
        if (known != null) {
            partials.putAll(known.partials());
        }
        if (count.counts().equals(partials.put(count.partition(), count.counts()))) {
            return;
        }
        CellTally tally = known == null
                ? new CellTally(partials, null, null)
                : new CellTally(partials, known.published(), known.recorded());
        tallies.put(cell, tally);
        note(cell, tally);
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

    private void tick(Partial.Tick tick) {
        Long known = clocks.get(tick.partition());
        if (known != null && known >= tick.now()) {
            return;
        }
        clocks.put(tick.partition(), tick.now());
        clockStore.put(tick.partition(), tick.now());
        long slowest = slowest();
        if (slowest > now) {
            boolean another = now != Long.MIN_VALUE
                    && Math.floorDiv(slowest, HISTORY_STRETCH) > Math.floorDiv(now, HISTORY_STRETCH);
            now = slowest;
            if (another) {
                publish();
                recordHistory(Math.floorDiv(slowest, HISTORY_STRETCH) * HISTORY_STRETCH);
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
            tallies.put(cell, new CellTally(tally.partials(), sum, tally.recorded()));
            send(cell, sum, eventTime(), Names.TO_IMPACT_COUNTS);
        }
        unpublished.clear();
        activity.pending(name, 0);
    }

    /**
     * Sends {@code ALL} again though it is the same: its {@code asOf} tells readers how far counting has come when nothing changes. Once a
     * minute of event time, and once more when the clock has stood still for a while.
     */
    private void publishClock(long wallClock) {
        if (now != clockSeen) {
            clockSeen = now;
            clockSeenAt = wallClock;
        }
        boolean due = now - clockPublished >= CLOCK_STRETCH || wallClock - clockSeenAt >= CLOCK_SETTLES;
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
            tallies.put(cell, new CellTally(tally.partials(), tally.published(), sum));
            send(cell, sum, asOf, Names.TO_IMPACT_HISTORY);
        }
        unrecorded.clear();
    }

    /** The slowest partition's clock; before the first tick the time of the records at hand. */
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
        activity.forget(name);
    }
}
