package org.knockon.streams.impact;

import org.knockon.impact.assessment.Assessment;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.cascade.AffectedRange;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Impact;
import org.knockon.schemas.AssessedImpact;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.Link;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.codec.WorkItem;
import org.knockon.streams.failure.CatalogueArrival;
import org.knockon.streams.failure.Parking;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.situation.OutagePublisher;
import org.knockon.streams.situation.SituationStore;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;
import org.knockon.streams.task.TimeBudget;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins the appointments of its partition with what is broadcast. It decides when an appointment is looked at: when it or its link
 * changes, at once; when an outage, the catalogue or the clock touches it, in slices.
 */
public final class ImpactAssessor implements Processor<String, Object, Object, Object> {

    /**
     * A stream thread halves the number of records it takes between two punctuations whenever one fires, so that frequent ones
     * starve the input: 25 ms brought it to a stand. TimeBudget and interval share the thread's time out between waiting work and records.
     */
    private static final Duration DRAIN_EVERY = Duration.ofMillis(100);

    /** Parts of a turn, so that neither outages, nor what a change touches, nor appointments wait for all of the others. */
    private static final int PUBLISHING_SHARE = 4;

    private static final int SETTLING_SHARE = 2;

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final PipelineSettings settings;
    private final Activity activity;
    private final InputProgress feed;
    private ProcessorContext<Object, Object> context;
    private SituationStore situations;
    private Situation situation;
    private AssessorProgress progress;
    private OutagePublisher publisher;
    private AppointmentIndex index;
    private Assessment assessment;
    private Appointments appointments;
    private PartialCounts counts;
    private WorkList work;
    private StretchWalk walk;
    private AtRiskPreview ahead;
    private ClockSweep sweep;
    private Parking parking;
    private String name;
    private int partition;
    private long indexMark;
    private boolean madeAnew;
    private boolean ownsIndex;
    private long lastTick;
    private long lastExpiry = Long.MIN_VALUE;
    private Cancellable turns;
    private PromptCommit promptCommit;
    /** Whether what is heard may be worked through at once: the first after an idle turn. What follows is taken together. */
    private boolean prompt;

    public ImpactAssessor(PipelineSettings settings, Activity activity, InputProgress feed) {
        this.settings = settings;
        this.activity = activity;
        this.feed = feed;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        name = Names.IMPACT_ASSESSOR + " " + context.taskId();
        partition = context.taskId().partition();
        KeyValueStore<String, Long> facts = context.getStateStore(Names.ASSESSOR_PROGRESS);
        situations = new SituationStore(context.getStateStore(Names.SITUATION), facts);
        situation = situations.situation();
        progress = new AssessorProgress(facts);
        publisher = new OutagePublisher(
                partition,
                situation,
                situations.outagesFrom(partition),
                facts,
                (id, outage) -> send(id, outage, Names.TO_OUTAGES));
        index = new AppointmentIndex(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.APPOINTMENT_INDEX));
        Cells cells = new Cells(settings.rules().zone());
        counts = new PartialCounts(context.getStateStore(Names.PARTIAL_COUNTS), cells);
        assessment = new Assessment(situation, settings.rules());
        work = new WorkList(context.getStateStore(Names.WORK));
        ahead = new AtRiskPreview(situation, assessment, index, counts, work, cells);
        appointments = new Appointments(
                context.getStateStore(Names.APPOINTMENTS),
                new ReplacementLinks(context.getStateStore(Names.REPLACEMENTS)),
                index,
                counts,
                ahead,
                situation,
                assessment,
                settings.rules().versionsKept(),
                outlet());
        walk = new StretchWalk(index, appointments, assessment);
        parking = new Parking(
                context.getStateStore(Names.PARKED_APPOINTMENTS),
                context,
                Names.TO_DEAD_LETTERS,
                settings.catalogueGrace(),
                new CatalogueArrival(feed, partition));
        long mark = index.unmark();
        madeAnew = mark == AppointmentIndex.NO_MARK
                || !progress.ownsIndex(mark, settings.rules().horizon());
        if (madeAnew) {
            appointments.index();
        }
        indexMark = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        lastTick = Situation.NO_CLOCK;
        promptCommit = new PromptCommit(context);
        turns = context.schedule(DRAIN_EVERY, PunctuationType.WALL_CLOCK_TIME, wallClock -> drain());
        report();
    }

    @Override
    public void process(Record<String, Object> record) {
        long started = System.nanoTime();
        ownIndex();
        if (record.value() instanceof RawRecord<?> raw) {
            activity.processed();
            take(record, raw);
        } else if (record.value() instanceof Link link) {
            appointments.link(record.key(), link);
        } else if (record.value() instanceof Broadcast broadcast) {
            hear(broadcast);
        }
        counts.store();
        report();
        activity.step(System.nanoTime() - started);
    }

    private void take(Record<String, Object> record, RawRecord<?> raw) {
        AppointmentVersion version = AppointmentValidation.require(
                record.key(), raw, settings.clock().latest(context.currentSystemTimeMs()));
        if (situation.catalogue().service(version.serviceId()) == null) {
            parking.park(
                    version.serviceId(),
                    "unknown service '" + version.serviceId()
                            + "': not in the catalogue. The appointment is kept and counts once it is",
                    record,
                    raw.bytes());
        }
        appointments.take(version);
    }

    private void hear(Broadcast broadcast) {
        TimeBudget slice = newSlice(1);
        situations.apply(broadcast).ifPresent(this::reassess);
        if (!situations.settled()) {
            ahead.workHasChanged();
        }
        publisher.follow(broadcast);
        if (prompt && (hasWork() || publisher.isPending())) {
            prompt = false;
            workFor(slice);
            publisher.go(slice);
            tell();
            promptCommit.request();
        }
        if (broadcast instanceof Broadcast.ServicePut put) {
            parking.release(put.service().serviceId());
        }
        activity.clock(situation.now());
    }

    private void reassess(AffectedRange touched) {
        long from =
                touched.from() == Long.MIN_VALUE ? Long.MIN_VALUE : touched.from() - AppointmentValidation.LONGEST_SLOT;
        work.add(WorkItem.Purpose.REASSESS, touched.serviceId(), from, touched.to());
        ahead.workHasChanged();
    }

    /** Whether appointments wait to be assessed, or it is not known yet which do. */
    private boolean hasWork() {
        return work.size() > 0 || !situations.settled();
    }

    private void drain() {
        long started = System.nanoTime();
        TimeBudget slice = newSlice(1);
        ownIndex();
        expireOncePerDay();
        publisher.go(newSlice(PUBLISHING_SHARE));
        workFor(slice);
        sweepFor(slice);
        index.write();
        counts.store();
        parking.expire();
        tell();
        if (ahead.hasAnswered()) {
            promptCommit.request();
        }
        prompt = !hasWork();
        report();
        activity.step(System.nanoTime() - started);
    }

    private TimeBudget newSlice(int share) {
        return new TimeBudget(settings.slice() * 1_000_000 / share);
    }

    /** Not in init, for nothing would commit it there; but in one transaction with the first change, or a former owner trusts its own. */
    private void ownIndex() {
        if (!ownsIndex) {
            progress.ownIndex(indexMark, settings.rules().horizon());
            if (madeAnew) {
                // By the clock of today, some entries may stand behind where a walk has been already.
                work.startOver();
                ahead.workHasChanged();
            }
            ownsIndex = true;
        }
    }

    private boolean idle() {
        return !hasWork() && sweep == null && progress.swept() == situation.now();
    }

    private void workFor(TimeBudget slice) {
        boolean mayWork = situations.settle(newSlice(SETTLING_SHARE), this::reassess);
        WorkItem item = mayWork && ahead.go(slice) ? work.first() : null;
        while (item != null) {
            work.replaceFirst(walk.go(item, slice));
            item = slice.over() ? null : work.first();
        }
        if (!hasWork()) {
            ahead.workIsDone();
        }
        counts.store();
        activity.reassessed(walk.takeVisited());
    }

    private void sweepFor(TimeBudget slice) {
        if (hasWork()) {
            return;
        }
        if (sweep == null && progress.swept() < situation.now()) {
            sweep = new ClockSweep(
                    situation,
                    progress.swept(),
                    situation.now(),
                    settings.rules().horizon());
        }
        if (sweep != null
                && sweep.go(index, slice, id -> {
                    appointments.reassess(id);
                    return !slice.over();
                })) {
            progress.swept(sweep.until());
            sweep = null;
        }
    }

    private void expireOncePerDay() {
        long now = situation.now();
        if (now == Situation.NO_CLOCK || Math.floorDiv(now, DAY) <= Math.floorDiv(lastExpiry, DAY)) {
            return;
        }
        lastExpiry = now;
        for (String serviceId : index.services()) {
            work.add(WorkItem.Purpose.EXPIRE, serviceId, Long.MIN_VALUE, now - settings.retention());
        }
    }

    /** Tells the counters what changed, and the clock once all that it brought about has been told. */
    private void tell() {
        counts.flush((cell, count) -> send(cell, new Partial.CellCount(partition, count), Names.TO_PARTIALS));
        if (idle() && situation.now() > lastTick) {
            lastTick = situation.now();
            send("clock", new Partial.Tick(partition, lastTick), Names.TO_PARTIALS);
        }
    }

    private void report() {
        boolean sweeping = sweep != null || progress.swept() < situation.now();
        long waiting = (situations.settled() ? 0L : 1L) + (publisher.isPending() ? 1L : 0L) + (sweeping ? 1L : 0L);
        activity.pending(name, work.size() + counts.untold() + parking.size() + waiting);
    }

    private Appointments.Outlet outlet() {
        return new Appointments.Outlet() {
            @Override
            public void impact(String appointmentId, Impact impact) {
                AssessedImpact value = impact == null ? null : new AssessedImpact(impact, eventTime());
                send(appointmentId, value, Names.TO_CARE_IMPACTS);
            }

            @Override
            public void link(String replacedId, Link link) {
                send(replacedId, link, Names.TO_REPLACES);
            }

            @Override
            public void versionDisplaced() {
                activity.versionDisplaced();
            }
        };
    }

    /** The clock; before the first tick the time of the record at hand. */
    private long eventTime() {
        return situation.now() == Situation.NO_CLOCK ? context.currentStreamTimeMs() : situation.now();
    }

    private void send(String key, Object value, String child) {
        context.forward(new Record<>(key, value, Math.max(0, eventTime())), child);
    }

    @Override
    public void close() {
        turns.cancel();
        activity.forget(name);
        index.mark(indexMark);
    }
}
