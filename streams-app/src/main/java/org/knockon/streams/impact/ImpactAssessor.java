package org.knockon.streams.impact;

import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.Assessment;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Impact;
import org.knockon.schemas.AssessedImpact;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.Link;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.failure.CatalogueArrival;
import org.knockon.streams.failure.Parking;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.situation.OutagePublisher;
import org.knockon.streams.situation.SituationStore;
import org.knockon.streams.situation.SituationTracker;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.PromptCommit;
import org.knockon.streams.task.TaskProcessor;
import org.knockon.streams.task.TimeBudget;

/**
 * Joins the appointments of its partition with what is broadcast. An appointment is assessed at once when it or its
 * link changes, and in later turns of the {@link WorkLoop} when an outage, the catalogue or the clock affects it.
 */
public final class ImpactAssessor implements TaskProcessor<String, Object> {

    /**
     * A stream thread halves the number of records it processes between two punctuations whenever one fires, so
     * frequent punctuations starve the input: at 25 ms it stopped. This interval and the time budget of a turn divide
     * the thread's time between pending work and records.
     */
    private static final Duration TURN_EVERY = Duration.ofMillis(100);

    /** Fraction of a turn that publishing outages may take, so that they do not wait for all other work. */
    private static final int PUBLISHING_SHARE = 4;

    private final ProcessorContext<Object, Object> context;
    private final PipelineSettings settings;
    private final Activity activity;
    private final String name;
    private final int partition;
    private final SituationTracker tracker;
    private final Situation situation;
    private final OutagePublisher publisher;
    private final AppointmentIndex index;
    private final IndexOwnership indexOwnership;
    private final Appointments appointments;
    private final PartialCounts counts;
    private final AtRiskPreview preview;
    private final WorkLoop loop;
    private final Parking parking;
    private final PromptCommit promptCommit;
    private final Cancellable turns;
    private long lastTick = Situation.NO_CLOCK;

    /**
     * Whether the next broadcast may be processed immediately: the first one after an idle turn. Later ones share a
     * turn.
     */
    private boolean prompt;

    public ImpactAssessor(
            ProcessorContext<Object, Object> context,
            PipelineSettings settings,
            Activity activity,
            InputProgress inputProgress) {
        this.context = context;
        this.settings = settings;
        this.activity = activity;
        name = Names.IMPACT_ASSESSOR + " " + context.taskId();
        partition = context.taskId().partition();
        KeyValueStore<String, Long> facts = context.getStateStore(Names.ASSESSOR_PROGRESS);
        tracker = new SituationTracker(new SituationStore(context.getStateStore(Names.SITUATION)), facts);
        situation = tracker.situation();
        publisher = new OutagePublisher(
                partition,
                situation,
                tracker.outagesFrom(partition),
                facts,
                (id, outage) -> send(id, outage, Names.TO_OUTAGES));
        index = new AppointmentIndex(context.<KeyValueStore<Bytes, byte[]>>getStateStore(Names.APPOINTMENT_INDEX));
        Cells cells = new Cells(settings.rules().zone());
        counts = new PartialCounts(
                context.getStateStore(Names.PARTIAL_COUNTS), context.getStateStore(Names.UNCOUNTED_CHANGES), cells);
        Assessment assessment = new Assessment(situation, settings.rules());
        WorkList work = new WorkList(context.getStateStore(Names.WORK));
        preview = new AtRiskPreview(situation, assessment, index, counts, work, cells);
        appointments = new Appointments(
                context.getStateStore(Names.APPOINTMENTS),
                new ReplacementLinks(context.getStateStore(Names.REPLACEMENTS)),
                index,
                counts,
                preview,
                situation,
                assessment,
                settings.rules().versionsKept(),
                outlet());
        AssessorProgress progress = new AssessorProgress(facts);
        WorkItemWalk walk = new WorkItemWalk(index, appointments, assessment);
        loop = new WorkLoop(settings, tracker, progress, index, appointments, work, walk, preview, activity);
        parking = new Parking(
                context.getStateStore(Names.PARKED_APPOINTMENTS),
                context,
                Names.TO_DEAD_LETTERS,
                settings.catalogueGraceMs(),
                new CatalogueArrival(inputProgress, partition));
        indexOwnership = new IndexOwnership(index, progress, settings.rules().horizon(), appointments::rebuildIndex);
        promptCommit = new PromptCommit(context);
        turns = context.schedule(TURN_EVERY, PunctuationType.WALL_CLOCK_TIME, wallClock -> takeTurn());
        report();
    }

    @Override
    public void process(Record<String, Object> record) {
        long started = System.nanoTime();
        claimIndex();
        if (record.value() instanceof RawRecord<?> raw) {
            activity.processed();
            accept(record, raw);
        } else if (record.value() instanceof Link link) {
            appointments.link(record.key(), link);
        } else if (record.value() instanceof Broadcast broadcast) {
            onBroadcast(broadcast);
        }
        counts.keep();
        report();
        activity.step(System.nanoTime() - started);
    }

    private void accept(Record<String, Object> record, RawRecord<?> raw) {
        AppointmentVersion version = AppointmentValidation.require(
                record.key(), raw, settings.clock().latest(context.currentSystemTimeMs()));
        if (situation.catalogue().service(version.serviceId()) == null) {
            parking.park(
                    version.serviceId(),
                    "unknown service '" + version.serviceId()
                            + "': not in the catalogue. The appointment is kept and counts once the service is known",
                    record,
                    raw.bytes());
        }
        appointments.accept(version);
    }

    private void onBroadcast(Broadcast broadcast) {
        TimeBudget turn = newTurn(1);
        tracker.apply(broadcast).ifPresent(loop::reassess);
        loop.onSituationChanged();
        publisher.onBroadcast(broadcast);
        if (prompt && (loop.hasWork() || publisher.isPending())) {
            prompt = false;
            loop.work(turn);
            counts.settle();
            publisher.publishDue(turn);
            sendPartials();
            promptCommit.request();
        }
        if (broadcast instanceof Broadcast.ServicePut put) {
            parking.release(put.service().serviceId());
        }
        activity.clock(situation.now());
    }

    private void takeTurn() {
        long started = System.nanoTime();
        TimeBudget turn = newTurn(1);
        claimIndex();
        loop.expireOncePerDay();
        publisher.publishDue(newTurn(PUBLISHING_SHARE));
        loop.work(turn);
        counts.settle();
        loop.followClock(turn);
        index.write();
        counts.settle();
        parking.expire();
        sendPartials();
        if (preview.hasJustSentLargeCount()) {
            promptCommit.request();
        }
        prompt = !loop.hasWork();
        report();
        activity.step(System.nanoTime() - started);
    }

    private TimeBudget newTurn(int parts) {
        return TimeBudget.ofMillis(settings.maxTurnMs(), parts);
    }

    private void claimIndex() {
        if (indexOwnership.claim()) {
            loop.onIndexRebuilt();
        }
    }

    /** Sends the counts that have changed and, once the clock has no effect left to count, the clock. */
    private void sendPartials() {
        counts.flush((cell, count) -> send(cell, new Partial.CellCount(partition, count), Names.TO_PARTIALS));
        if (loop.isIdle() && situation.now() > lastTick) {
            lastTick = situation.now();
            send("clock", new Partial.Tick(partition, lastTick), Names.TO_PARTIALS);
        }
    }

    private void report() {
        long publishing = publisher.isPending() ? 1L : 0L;
        activity.pending(name, loop.pending() + counts.unsent() + parking.size() + publishing);
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

    /** The clock; before the first tick the time of the current record. */
    private long eventTime() {
        return situation.now() == Situation.NO_CLOCK ? context.currentStreamTimeMs() : situation.now();
    }

    private void send(String key, Object value, String child) {
        context.forward(new Record<>(key, value, Math.max(0, eventTime())), child);
    }

    @Override
    public void close() {
        turns.cancel();
        activity.removeTask(name);
        indexOwnership.release();
    }
}
