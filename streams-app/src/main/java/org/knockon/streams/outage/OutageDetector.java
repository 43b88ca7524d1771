package org.knockon.streams.outage;

import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.schemas.Topics;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.failure.CatalogueArrival;
import org.knockon.streams.failure.InputCheck;
import org.knockon.streams.failure.InvalidEventException;
import org.knockon.streams.failure.Parking;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;
import org.knockon.streams.task.TimeBudget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes the observations of its partition's systems and the broadcast (policies and the clock), and tells every partition which
 * outages there are and how far event time has come.
 */
public final class OutageDetector implements Processor<String, Object, Object, Object> {

    private static final Duration CHECK_EVERY = Duration.ofMillis(200);

    /** Wall-clock milliseconds without an observation in any partition after which, live, the wall clock takes over. */
    private static final long SILENT_AFTER = 10_000L;

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private static final InputCheck<Observation> CHECK = new InputCheck<>(Topics.SYSTEM_HEALTH);

    private final PipelineSettings settings;
    private final Activity activity;
    private final InputProgress feed;
    private final Map<String, MonitoringPolicy> policies = new HashMap<>();
    private final int mostMonitors;
    private ProcessorContext<Object, Object> context;
    private ObservationLog log;
    private Checkpoints checkpoints;
    private SystemWatches watches;
    private KeyValueStore<String, Outage> detected;
    private Parking parking;
    private String name;
    private long now = Long.MIN_VALUE;
    private long lastTick = Long.MIN_VALUE;
    private long lastTrim = Long.MIN_VALUE;
    private long lastSignOfLife;
    private Heard believable = Heard.NOTHING;
    private Cancellable checks;
    private PromptCommit promptCommit;

    public OutageDetector(PipelineSettings settings, Activity activity, InputProgress feed) {
        this(settings, activity, feed, Detection.MOST_MONITORS);
    }

    /** @param mostMonitors of one system that have a vote at once */
    OutageDetector(PipelineSettings settings, Activity activity, InputProgress feed, int mostMonitors) {
        this.mostMonitors = mostMonitors;
        this.settings = settings;
        this.activity = activity;
        this.feed = feed;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        name = Names.OUTAGE_DETECTOR + " " + context.taskId();
        log = new ObservationLog(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.OBSERVATIONS));
        checkpoints =
                new Checkpoints(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.CHECKPOINTS), mostMonitors);
        watches = new SystemWatches(log, checkpoints, announcements(), settings.slice() * 1_000_000);
        detected = context.getStateStore(Names.DETECTED_OUTAGES);
        parking = new Parking(
                context.getStateStore(Names.PARKED_OBSERVATIONS),
                context,
                Names.TO_DEAD_LETTERS,
                settings.catalogueGrace(),
                new CatalogueArrival(feed, context.taskId().partition()));
        resume(context.getStateStore(Names.SITUATION));
        promptCommit = new PromptCommit(context);
        lastSignOfLife = context.currentSystemTimeMs();
        checks = context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::check);
        report();
    }

    /** Judges by the clock that it was judged by before: a later one, heard but not believed, would hide what it brings about. */
    private void resume(KeyValueStore<String, Broadcast> situation) {
        now = checkpoints.believed();
        try (KeyValueIterator<String, Broadcast> all = situation.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value instanceof Broadcast.SystemPut put) {
                    policies.put(put.system().systemId(), put.system().monitoring());
                } else if (entry.value instanceof Broadcast.Tick tick) {
                    lastTick = tick.now();
                }
            });
        }
        Map<String, List<Outage>> outages = new HashMap<>();
        try (KeyValueIterator<String, Outage> all = detected.all()) {
            all.forEachRemaining(entry -> outages.computeIfAbsent(entry.value.systemId(), id -> new ArrayList<>())
                    .add(entry.value));
        }
        now = Math.max(now, watches.resume(policies, outages));
    }

    @Override
    public void process(Record<String, Object> record) {
        long started = System.nanoTime();
        TimeBudget slice = newSlice();
        if (record.value() instanceof Broadcast broadcast) {
            hear(broadcast);
        } else if (record.value() instanceof RawRecord<?> raw) {
            activity.processed();
            observe(record, raw);
        }
        settle(slice);
        report();
        activity.step(System.nanoTime() - started);
    }

    private void observe(Record<String, Object> record, RawRecord<?> raw) {
        Observation observation = validate(record.key(), raw);
        lastSignOfLife = context.currentSystemTimeMs();
        MonitoringPolicy policy = policies.get(observation.systemId());
        if (policy == null) {
            log.add(observation);
            parking.park(
                    observation.systemId(),
                    "unknown system '" + observation.systemId()
                            + "': not in the catalogue. The observation is kept and counts once it is",
                    record,
                    raw.bytes());
            return;
        }
        if (!log.add(observation)) {
            return;
        }
        advance(observation.observedAt());
        watches.observe(observation, policy, now);
    }

    private Observation validate(String key, RawRecord<?> raw) {
        long wallClock = context.currentSystemTimeMs();
        Observation observation = CHECK.require(key, raw, settings.clock().latest(wallClock));
        String rejection =
                settings.clock().window(wallClock, settings.retention()).rejection(observation.observedAt());
        if (rejection != null) {
            throw new InvalidEventException(rejection);
        }
        return observation;
    }

    private void hear(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.SystemPut put) {
            setPolicy(put.system().systemId(), put.system().monitoring());
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            setPolicy(removed.systemId(), null);
        } else if (broadcast instanceof Broadcast.Tick tick) {
            if (tick.now() > Math.max(now, lastTick)) {
                // Somewhere there are observations still; or another has let the wall clock take over, and leads.
                lastSignOfLife = context.currentSystemTimeMs();
            }
            lastTick = Math.max(lastTick, tick.now());
        }
    }

    private void setPolicy(String systemId, MonitoringPolicy policy) {
        if (policy == null) {
            policies.remove(systemId);
            watches.remove(systemId);
            // Its observations may have brought the clock here. After a restart they no longer do.
            checkpoints.believed(now);
            return;
        }
        boolean known = policies.put(systemId, policy) != null;
        parking.release(systemId);
        long newest = known ? Long.MIN_VALUE : log.newest(systemId);
        advance(newest);
        if (watches.has(systemId) || newest != Long.MIN_VALUE) {
            watches.setPolicy(systemId, policy, now);
        }
    }

    private void advance(long instant) {
        if (instant > now) {
            now = instant;
        }
    }

    private TimeBudget newSlice() {
        return new TimeBudget(settings.slice() * 1_000_000);
    }

    /** Judges again every system whose time has come. What the slice leaves over is done at the next step. */
    private void settle(TimeBudget slice) {
        watches.settle(now, slice);
        if (now != Long.MIN_VALUE && Math.floorDiv(now, DAY) > Math.floorDiv(lastTrim, DAY)) {
            lastTrim = now;
            watches.trim(now - settings.retention());
        }
    }

    private void check(long wallClock) {
        long started = System.nanoTime();
        TimeBudget slice = newSlice();
        believeOthers(wallClock);
        settle(slice);
        watches.work(now, slice);
        if (now > lastTick && !watches.due(now)) {
            lastTick = now;
            broadcast("clock", new Broadcast.Tick(now));
        }
        parking.expire();
        report();
        activity.degraded(name, watches.degraded());
        activity.step(System.nanoTime() - started);
    }

    /**
     * The clock of other partitions, and of the wall, counts here once this partition's own observations up to then have been taken
     * in. Sooner, those that wait would be missed, and there would seem to be silence where there is none.
     */
    private void believeOthers(long wallClock) {
        boolean silent =
                wallClock - lastSignOfLife >= SILENT_AFTER && settings.clock().wallClockTakesOver();
        long told = silent ? Math.max(lastTick, wallClock) : lastTick;
        if (believable.clock <= now) {
            believable = new Heard(told, wallClock);
        }
        if (believable.clock > now
                && feed.takenInSince(Topics.SYSTEM_HEALTH, context.taskId().partition(), believable.at)) {
            advance(believable.clock);
            checkpoints.believed(now);
        }
    }

    private void report() {
        boolean judging = lastTick > now || watches.due(now);
        activity.pending(name, parking.size() + watches.waiting() + (judging ? 1L : 0L));
    }

    private SystemWatch.Announcements announcements() {
        int origin = context.taskId().partition();
        return new SystemWatch.Announcements() {
            @Override
            public void put(Outage outage) {
                detected.put(outage.id(), outage);
                broadcast(outage.systemId(), new Broadcast.OutagePut(outage, origin, now));
                promptCommit.request();
            }

            @Override
            public void removed(Outage outage) {
                detected.delete(outage.id());
                broadcast(
                        outage.systemId(),
                        new Broadcast.OutageRemoved(outage.systemId(), outage.startedAt(), origin, now));
                promptCommit.request();
            }

            @Override
            public void displaced(int votes) {
                activity.displaced(votes);
            }
        };
    }

    private void broadcast(String key, Broadcast message) {
        context.forward(new Record<>(key, message, Math.max(0, now)), Names.TO_BROADCAST);
    }

    @Override
    public void close() {
        checks.cancel();
        activity.forget(name);
    }

    /**
     * @param clock event time that others have come to
     * @param at wall clock when that was heard
     */
    private record Heard(long clock, long at) {
        static final Heard NOTHING = new Heard(Long.MIN_VALUE, Long.MIN_VALUE);
    }
}
