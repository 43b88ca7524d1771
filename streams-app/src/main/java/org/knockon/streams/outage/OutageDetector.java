package org.knockon.streams.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
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
import org.knockon.streams.situation.SituationStore;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;
import org.knockon.streams.task.TaskProcessor;
import org.knockon.streams.task.TimeBudget;

/**
 * Turns the observations of its partition's systems into outages. It receives observations and, by broadcast, policies
 * and the clock; it broadcasts new, changed and retracted outages and its own clock to every partition.
 */
public final class OutageDetector implements TaskProcessor<String, Object> {

    private static final Duration CHECK_EVERY = Duration.ofMillis(200);

    /** Wall-clock milliseconds without an observation in any partition after which, live, the wall clock takes over. */
    private static final long SILENT_AFTER = 10_000L;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private static final InputCheck<Observation> CHECK = new InputCheck<>(Topics.SYSTEM_HEALTH);

    private final ProcessorContext<Object, Object> context;
    private final PipelineSettings settings;
    private final Activity activity;
    private final InputProgress inputProgress;
    private final String name;
    private final int partition;
    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final KeyValueStore<String, Outage> detected;
    private final SystemWatches watches;
    private final Map<String, MonitoringPolicy> policies;
    private final Parking parking;
    private final PromptCommit promptCommit;
    private final Cancellable checks;
    private long now;
    private long lastTick;
    private long lastTrim = Long.MIN_VALUE;
    private long lastSignOfLife;
    private ReportedClock candidate = ReportedClock.NONE;

    public OutageDetector(
            ProcessorContext<Object, Object> context,
            PipelineSettings settings,
            Activity activity,
            InputProgress inputProgress) {
        this(context, settings, activity, inputProgress, Detection.MOST_MONITORS);
    }

    /** @param mostMonitors largest number of monitors of one system that have a vote at the same time */
    OutageDetector(
            ProcessorContext<Object, Object> context,
            PipelineSettings settings,
            Activity activity,
            InputProgress inputProgress,
            int mostMonitors) {
        this.context = context;
        this.settings = settings;
        this.activity = activity;
        this.inputProgress = inputProgress;
        name = Names.OUTAGE_DETECTOR + " " + context.taskId();
        partition = context.taskId().partition();
        log = new ObservationLog(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.OBSERVATIONS));
        checkpoints =
                new Checkpoints(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.CHECKPOINTS), mostMonitors);
        detected = context.getStateStore(Names.DETECTED_OUTAGES);
        watches = new SystemWatches(log, checkpoints, announcements(), settings.maxTurnMs() * 1_000_000);
        parking = new Parking(
                context.getStateStore(Names.PARKED_OBSERVATIONS),
                context,
                Names.TO_DEAD_LETTERS,
                settings.catalogueGraceMs(),
                new CatalogueArrival(inputProgress, partition));
        promptCommit = new PromptCommit(context);
        SituationStore situation = new SituationStore(context.getStateStore(Names.SITUATION));
        policies = situation.policies();
        lastTick = situation.clock();
        // Not the clock of the situation: a later clock, received but not accepted, would hide what it changes.
        now = Math.max(checkpoints.acceptedClock(), watches.resume(policies, announcedOutages()));
        lastSignOfLife = context.currentSystemTimeMs();
        checks = context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::check);
        report();
    }

    private Map<String, List<Outage>> announcedOutages() {
        Map<String, List<Outage>> outages = new HashMap<>();
        try (KeyValueIterator<String, Outage> all = detected.all()) {
            all.forEachRemaining(entry -> outages.computeIfAbsent(entry.value.systemId(), id -> new ArrayList<>())
                    .add(entry.value));
        }
        return outages;
    }

    @Override
    public void process(Record<String, Object> record) {
        long started = System.nanoTime();
        TimeBudget turn = newTurn();
        if (record.value() instanceof Broadcast broadcast) {
            onBroadcast(broadcast);
        } else if (record.value() instanceof RawRecord<?> raw) {
            activity.processed();
            observe(record, raw);
        }
        settle(turn);
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
                            + "': not in the catalogue. The observation is kept and counts once the system is known",
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
                settings.clock().window(wallClock, settings.retentionMs()).rejection(observation.observedAt());
        if (rejection != null) {
            throw new InvalidEventException(rejection);
        }
        return observation;
    }

    private void onBroadcast(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.SystemPut put) {
            setPolicy(put.system().systemId(), put.system().monitoring());
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            removeSystem(removed.systemId());
        } else if (broadcast instanceof Broadcast.Tick tick) {
            if (tick.now() > Math.max(now, lastTick)) {
                // Another partition still receives observations, or has let the wall clock take over already.
                lastSignOfLife = context.currentSystemTimeMs();
            }
            lastTick = Math.max(lastTick, tick.now());
        }
    }

    private void setPolicy(String systemId, MonitoringPolicy policy) {
        boolean known = policies.put(systemId, policy) != null;
        parking.release(systemId);
        long newest = known ? Long.MIN_VALUE : log.newest(systemId);
        advance(newest);
        if (watches.has(systemId) || newest != Long.MIN_VALUE) {
            watches.setPolicy(systemId, policy, now);
        }
    }

    private void removeSystem(String systemId) {
        policies.remove(systemId);
        watches.remove(systemId);
        // Its observations may have set the clock, and will not be read again after a restart.
        checkpoints.acceptClock(now);
    }

    private void advance(long instant) {
        if (instant > now) {
            now = instant;
        }
    }

    private TimeBudget newTurn() {
        return TimeBudget.ofMillis(settings.maxTurnMs());
    }

    /** Judges every system that is due. What exceeds the budget is left for the next turn. */
    private void settle(TimeBudget turn) {
        watches.settle(now, turn);
        if (now != Long.MIN_VALUE && Math.floorDiv(now, DAY) > Math.floorDiv(lastTrim, DAY)) {
            lastTrim = now;
            watches.trim(now - settings.retentionMs());
        }
    }

    private void check(long wallClock) {
        long started = System.nanoTime();
        TimeBudget turn = newTurn();
        acceptOtherClocks(wallClock);
        settle(turn);
        watches.work(now, turn);
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
     * Accepts the clock of other partitions, or the wall clock, once this partition's own observations up to that
     * moment have been consumed. Accepted any earlier, unread observations would look like silence.
     */
    private void acceptOtherClocks(long wallClock) {
        boolean silent =
                wallClock - lastSignOfLife >= SILENT_AFTER && settings.clock().wallClockTakesOver();
        long reported = silent ? Math.max(lastTick, wallClock) : lastTick;
        if (candidate.clock <= now) {
            candidate = new ReportedClock(reported, wallClock);
        }
        if (candidate.clock > now
                && inputProgress.consumedSince(Topics.SYSTEM_HEALTH, partition, candidate.receivedAt)) {
            advance(candidate.clock);
            checkpoints.acceptClock(now);
        }
    }

    private void report() {
        boolean judging = lastTick > now || watches.due(now);
        activity.pending(name, parking.size() + watches.waiting() + (judging ? 1L : 0L));
    }

    private SystemWatch.Announcements announcements() {
        return new SystemWatch.Announcements() {
            @Override
            public void put(Outage outage) {
                detected.put(outage.id(), outage);
                broadcast(outage.systemId(), new Broadcast.OutagePut(outage, partition, now));
                promptCommit.request();
            }

            @Override
            public void removed(Outage outage) {
                detected.delete(outage.id());
                broadcast(
                        outage.systemId(),
                        new Broadcast.OutageRemoved(outage.systemId(), outage.startedAt(), partition, now));
                promptCommit.request();
            }

            @Override
            public void votesDisplaced(int votes) {
                activity.votesDisplaced(votes);
            }
        };
    }

    private void broadcast(String key, Broadcast message) {
        context.forward(new Record<>(key, message, Math.max(0, now)), Names.TO_BROADCAST);
    }

    @Override
    public void close() {
        checks.cancel();
        activity.removeTask(name);
    }

    /**
     * A clock that may be accepted.
     *
     * @param clock event time that another partition, or the wall clock, has reached
     * @param receivedAt wall clock
     */
    private record ReportedClock(long clock, long receivedAt) {
        static final ReportedClock NONE = new ReportedClock(Long.MIN_VALUE, Long.MIN_VALUE);
    }
}
