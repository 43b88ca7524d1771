package org.knockon.streams.outage;

import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.task.TimeBudget;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds the observations of one system again, in slices: from a checkpoint on, renewing the checkpoints it passes, until one comes out as it
 * was or the observations end. Observations may arrive between two slices.
 */
final class Refold {

    private static final long NONE = Long.MAX_VALUE;

    private final String systemId;
    private final MonitoringPolicy policy;
    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final List<Outage> outages = new ArrayList<>();

    /** Checkpoints up to this day differ from what they were, or were renewed by this object: to find one unchanged means nothing. */
    private long lastDayChanged;

    private Detection detection;
    private long day;
    private long unsettledAtStart = Long.MAX_VALUE;
    private long lastRead;
    private String lastMonitor;

    /** An observation older than what has been folded; there the next slice begins. */
    private long late;

    private long from;

    private boolean sameAgain;
    private int displaced;

    /** @param lastDayChanged {@link Long#MAX_VALUE} when no checkpoint can be trusted to be as it was */
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

    /** Of an observation that the log has just accepted, older than others that have been folded. */
    static Refold ofLate(Observation late, MonitoringPolicy policy, ObservationLog log, Checkpoints checkpoints) {
        long observedAt = late.observedAt();
        return new Refold(late.systemId(), policy, log, checkpoints, observedAt, Checkpoints.dayOf(observedAt));
    }

    /**
     * Of everything from an instant on. No checkpoint after it is trusted.
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

    /** The earliest instant that anything may change at. */
    long from() {
        return from;
    }

    /**
     * The log has accepted another observation. What lies ahead is folded when its turn comes.
     *
     * @param lateToo whether the checkpoints after it lack it
     */
    void arrived(Observation observation, boolean lateToo) {
        long observedAt = observation.observedAt();
        from = Math.min(from, observedAt);
        if (lateToo) {
            lastDayChanged = Math.max(lastDayChanged, Checkpoints.dayOf(observedAt));
        }
        if (detection == null || observedAt < detection.newest() || observedAt < day) {
            late = Math.min(late, observedAt);
        } else if (observedAt == detection.newest()) {
            // In the log it may stand behind what was read last, and to fold it twice changes nothing.
            detection.observe(observation, outages::add);
        }
    }

    /** Goes on until the slice is over; at least one observation is folded. Returns whether all is done. */
    boolean go(TimeBudget slice) {
        if (late != NONE) {
            goBack();
        }
        boolean end = log.read(
                systemId,
                lastMonitor == null
                        ? SystemKeys.key(systemId, day, "")
                        : SystemKeys.after(SystemKeys.key(systemId, lastRead, lastMonitor)),
                (observedAt, monitor, status) -> fold(observedAt, monitor, status) && !slice.over());
        return end || sameAgain;
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
                sameAgain = true;
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

    /** Whether a checkpoint came out as it was: what follows from it still holds. */
    boolean sameAgain() {
        return sameAgain;
    }

    /** All observations, folded; up to the checkpoint that came out as it was if there is one. */
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

    /** Votes displaced by the bound on monitors since this was last asked. */
    int takeDisplaced() {
        int since = displaced;
        displaced = 0;
        return since;
    }
}
