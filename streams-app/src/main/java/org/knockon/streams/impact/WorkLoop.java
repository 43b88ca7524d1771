package org.knockon.streams.impact;

import java.time.Duration;
import org.knockon.impact.cascade.AffectedRange;
import org.knockon.impact.cascade.Situation;
import org.knockon.streams.codec.WorkItem;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.situation.SituationTracker;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.TimeBudget;

/**
 * The pending work of an assessor, done in turns: first it works out which appointments the changes affect, then
 * counts those at risk without reading them, then reassesses them one by one, and last follows the clock.
 */
final class WorkLoop {

    /** Fraction of a turn that settling may take, so that it does not delay reassessment. */
    private static final int SETTLING_SHARE = 2;

    /** Event time that effects of the clock may wait for other work, milliseconds. */
    private static final long CLOCK_MAY_WAIT = Duration.ofMinutes(1).toMillis();

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final PipelineSettings settings;
    private final SituationTracker tracker;
    private final Situation situation;
    private final AssessorProgress progress;
    private final AppointmentIndex index;
    private final Appointments appointments;
    private final WorkList work;
    private final WorkItemWalk walk;
    private final AtRiskPreview preview;
    private final Activity activity;
    private ClockSweep sweep;
    private long lastExpiry = Long.MIN_VALUE;

    WorkLoop(
            PipelineSettings settings,
            SituationTracker tracker,
            AssessorProgress progress,
            AppointmentIndex index,
            Appointments appointments,
            WorkList work,
            WorkItemWalk walk,
            AtRiskPreview preview,
            Activity activity) {
        this.settings = settings;
        this.tracker = tracker;
        this.situation = tracker.situation();
        this.progress = progress;
        this.index = index;
        this.appointments = appointments;
        this.work = work;
        this.walk = walk;
        this.preview = preview;
        this.activity = activity;
    }

    void reassess(AffectedRange affected) {
        long from = affected.from() == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : affected.from() - AppointmentValidation.LONGEST_SLOT;
        work.add(WorkItem.Purpose.REASSESS, affected.serviceId(), from, affected.to());
        preview.onWorkChanged();
    }

    /** The situation has changed; which appointments that affects may not be known yet. */
    void onSituationChanged() {
        if (!tracker.settled()) {
            preview.onWorkChanged();
        }
    }

    /** The index has been rebuilt with today's clock, so some entries may lie behind the position of a walk. */
    void onIndexRebuilt() {
        work.startOver();
        preview.onWorkChanged();
    }

    /** Whether appointments wait for reassessment, or changes for being settled. */
    boolean hasWork() {
        return work.size() > 0 || !tracker.settled();
    }

    /** Whether everything is done, the effects of the clock included. */
    boolean isIdle() {
        return !hasWork() && sweep == null && progress.swept() == situation.now();
    }

    /** Number of pending work items. */
    long pending() {
        boolean sweeping = sweep != null || progress.swept() < situation.now();
        return work.size() + (tracker.settled() ? 0L : 1L) + (sweeping ? 1L : 0L);
    }

    /** Settles changes and reassesses appointments until the budget is spent. */
    void work(TimeBudget turn) {
        boolean mayAssess = tracker.settle(TimeBudget.ofMillis(settings.maxTurnMs(), SETTLING_SHARE), this::reassess);
        WorkItem item = mayAssess && preview.update(turn) ? work.first() : null;
        while (item != null) {
            work.replaceFirst(walk.run(item, turn));
            item = turn.isSpent() ? null : work.first();
        }
        if (!hasWork()) {
            preview.onWorkDone();
        }
        activity.reassessed(walk.takeVisited());
    }

    /**
     * Applies the effects of the clock until the budget is spent: once no other work is left, or in a share of each turn
     * when they are late. Work that never ends, as for a system that flaps, must not keep slots from falling due.
     */
    void followClock(TimeBudget ofTurn) {
        boolean late = situation.now() - progress.swept() > CLOCK_MAY_WAIT;
        if (hasWork() && !late) {
            return;
        }
        TimeBudget turn = hasWork() ? TimeBudget.ofMillis(settings.maxTurnMs(), SETTLING_SHARE) : ofTurn;
        if (sweep == null && progress.swept() < situation.now()) {
            sweep = new ClockSweep(
                    situation,
                    progress.swept(),
                    situation.now(),
                    settings.rules().horizon());
        }
        if (sweep != null
                && sweep.run(index, turn, id -> {
                    appointments.reassess(id);
                    return !turn.isSpent();
                })) {
            progress.swept(sweep.until());
            sweep = null;
        }
    }

    void expireOncePerDay() {
        long now = situation.now();
        if (now == Situation.NO_CLOCK || Math.floorDiv(now, DAY) <= Math.floorDiv(lastExpiry, DAY)) {
            return;
        }
        lastExpiry = now;
        for (String serviceId : index.services()) {
            work.add(WorkItem.Purpose.EXPIRE, serviceId, Long.MIN_VALUE, now - settings.retentionMs());
        }
    }
}
