package org.knockon.streams.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.schemas.Topics;
import org.knockon.streams.Activity;
import org.knockon.streams.Feed;
import org.knockon.streams.Names;
import org.knockon.streams.PipelineSettings;
import org.knockon.streams.PromptCommit;
import org.knockon.streams.failure.CatalogueArrival;
import org.knockon.streams.failure.InputCheck;
import org.knockon.streams.failure.InvalidEventException;
import org.knockon.streams.failure.Parking;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.wire.Broadcast;

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
    private final Feed feed;
    private final Map<String, MonitoringPolicy> policies = new HashMap<>();
    private final Map<String, SystemWatch> watches = new TreeMap<>();
    private ProcessorContext<Object, Object> context;
    private ObservationLog log;
    private Checkpoints checkpoints;
    private KeyValueStore<String, Outage> detected;
    private Parking parking;
    private String name;
    private long now = Long.MIN_VALUE;
    private long lastTick = Long.MIN_VALUE;
    private long lastTrim = Long.MIN_VALUE;
    private long next = Long.MAX_VALUE;
    private long lastSignOfLife;
    private Heard believable = Heard.NOTHING;
    private Cancellable checks;
    private PromptCommit promptCommit;

    public OutageDetector(PipelineSettings settings, Activity activity, Feed feed) {
        this.settings = settings;
        this.activity = activity;
        this.feed = feed;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        name = Names.OUTAGE_DETECTOR + " " + context.taskId();
        log = new ObservationLog(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.OBSERVATIONS));
        checkpoints = new Checkpoints(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.CHECKPOINTS));
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
        policies.forEach((systemId, policy) -> {
            SystemWatch watch = watch(systemId);
            watch.resume(policy, outages.getOrDefault(systemId, List.of()), now);
            now = Math.max(now, watch.newest());
        });
        findNext();
    }

    @Override
    public void process(Record<String, Object> record) {
        long started = System.nanoTime();
        if (record.value() instanceof Broadcast broadcast) {
            hear(broadcast);
        } else if (record.value() instanceof RawRecord<?> raw) {
            activity.processed();
            observe(record, raw);
        }
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
        watch(observation.systemId()).observe(observation, now, announcements());
        settle();
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
        } else {
            policies.put(systemId, policy);
            parking.release(systemId);
            advance(log.newest(systemId));
        }
        watch(systemId).setPolicy(policy, now, announcements());
        settle();
    }

    private SystemWatch watch(String systemId) {
        return watches.computeIfAbsent(systemId, id -> new SystemWatch(id, log, checkpoints));
    }

    private void advance(long instant) {
        if (instant > now) {
            now = instant;
        }
    }

    /** Judges again every system whose time has come. */
    private void settle() {
        findNext();
        if (next <= now) {
            for (SystemWatch watch : watches.values()) {
                if (watch.next() <= now) {
                    watch.tick(now, announcements());
                }
            }
            findNext();
        }
        if (now != Long.MIN_VALUE && Math.floorDiv(now, DAY) > Math.floorDiv(lastTrim, DAY)) {
            lastTrim = now;
            watches.values().forEach(watch -> watch.trim(now - settings.retention(), announcements()));
        }
    }

    private void findNext() {
        next = Long.MAX_VALUE;
        for (SystemWatch watch : watches.values()) {
            next = Math.min(next, watch.next());
        }
    }

    private void check(long wallClock) {
        believeOthers(wallClock);
        if (now > lastTick) {
            lastTick = now;
            broadcast("clock", new Broadcast.Tick(now));
        }
        parking.expire();
        report();
        activity.degraded(name, (int)
                watches.values().stream().filter(SystemWatch::degraded).count());
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
            settle();
        }
    }

    private void report() {
        activity.pending(name, parking.size() + (lastTick > now ? 1L : 0L));
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
