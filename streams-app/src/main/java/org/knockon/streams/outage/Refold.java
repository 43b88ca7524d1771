package org.knockon.streams.outage;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.task.TimeBudget;

/**
 * Folds the observations of one system again, over several turns: it starts at a checkpoint and rewrites the
 * checkpoints it passes, until one comes out unchanged or the observations end. Observations may arrive between two
 * turns.
 */
final class Refold {

    private static final long NONE = Long.MAX_VALUE;

    private final String systemId;
    private final MonitoringPolicy policy;
    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final List<Outage> outages = new ArrayList<>();

    /**
     * Checkpoints up to this day have changed, or were rewritten by this refold, so finding one of them unchanged
     * proves nothing.
     */
    private long lastDayChanged;

    private Detection detection;
    private long day;
    private long unsettledAtStart = Long.MAX_VALUE;
    private long lastRead;
    private String lastMonitor;

    /** An observation older than what has been folded; the next turn starts there. */
    private long late;

    private long from;

    private boolean endedUnchanged;
    private int displaced;

    /** @param lastDayChanged {@link Long#MAX_VALUE} when any checkpoint may have changed */
    private Refold(
            String systemId,
            MonitoringPolicy policy,
            ObservationLog log,
            Checkpoints checkpoints,
            long from,
            long lastDayChanged) {
        this.systemId = systemId;
        this.policy = policy;
        this.log = log;
        this.checkpoints = checkpoints;
        this.lastDayChanged = lastDayChanged;
        this.from = from;
        late = from;
    }

    /** A refold for an observation that the log has just accepted and that is older than others already folded. */
    static Refold ofLate(Observation late, MonitoringPolicy policy, ObservationLog log, Checkpoints checkpoints) {
        long observedAt = late.observedAt();
        return new Refold(late.systemId(), policy, log, checkpoints, observedAt, Checkpoints.dayOf(observedAt));
    }

    /**
     * A refold of all observations from an instant on. It trusts no checkpoint after that instant.
     *
     * @param from {@link Long#MIN_VALUE} for all observations
     */
    static Refold ofAllSince(
            long from, String systemId, MonitoringPolicy policy, ObservationLog log, Checkpoints checkpoints) {
        return new Refold(systemId, policy, log, checkpoints, from, Long.MAX_VALUE);
    }

    MonitoringPolicy policy() {
        return policy;
    }

    /** The earliest instant at which anything may change. */
    long from() {
        return from;
    }

    /**
     * The log has accepted another observation. One that lies ahead of the refold is read later.
     *
     * @param isLate whether the checkpoints after it do not include it yet
     */
    void arrived(Observation observation, boolean isLate) {
        long observedAt = observation.observedAt();
        from = Math.min(from, observedAt);
        if (isLate) {
            lastDayChanged = Math.max(lastDayChanged, Checkpoints.dayOf(observedAt));
        }
        if (detection == null || observedAt < detection.newest() || observedAt < day) {
            late = Math.min(late, observedAt);
        } else if (observedAt == detection.newest()) {
            // In the log it may come after the last one read. Folding it twice changes nothing.
            detection.observe(observation, outages::add);
        }
    }

    /** Continues until the budget is spent, but folds at least one observation. Returns whether the refold is done. */
    boolean run(TimeBudget budget) {
        if (late != NONE) {
            goBack();
        }
        boolean end = log.read(
                systemId,
                lastMonitor == null
                        ? SystemKeys.key(systemId, day, "")
                        : SystemKeys.after(SystemKeys.key(systemId, lastRead, lastMonitor)),
                (observedAt, monitor, status) -> fold(observedAt, monitor, status) && !budget.isSpent());
        return end || endedUnchanged;
    }

    private void goBack() {
        if (detection != null) {
            lastDayChanged = Math.max(lastDayChanged, day);
        }
        Checkpoints.Checkpoint start = checkpoints.before(systemId, policy, late);
        detection = start.detection();
        day = start.day();
        lastMonitor = null;
        late = NONE;
        long unsettled = detection.earliestUnsettled();
        unsettledAtStart = Math.min(unsettledAtStart, unsettled);
        outages.removeIf(outage -> outage.startedAt() >= unsettled);
    }

    private boolean fold(long observedAt, String monitor, SystemStatus status) {
        long itsDay = Checkpoints.dayOf(observedAt);
        if (itsDay > day) {
            day = itsDay;
            if (!checkpoints.put(systemId, day, detection) && day > lastDayChanged) {
                endedUnchanged = true;
                return false;
            }
        }
        if (detection.observe(monitor, status, observedAt, outages::add)) {
            displaced++;
        }
        lastRead = observedAt;
        lastMonitor = monitor;
        return true;
    }

    /** Whether the refold ended at an unchanged checkpoint: everything after it still holds. */
    boolean endedUnchanged() {
        return endedUnchanged;
    }

    /** The fold of all observations, or of those up to the unchanged checkpoint. */
    Detection detection() {
        return detection;
    }

    /** The outages found start at or after this instant. */
    long unsettledAtStart() {
        return unsettledAtStart;
    }

    /** Outages that the observations folded have settled. */
    List<Outage> outages() {
        return outages;
    }

    /** Votes displaced by the bound on monitors since the last call. */
    int takeDisplaced() {
        int since = displaced;
        displaced = 0;
        return since;
    }
}
