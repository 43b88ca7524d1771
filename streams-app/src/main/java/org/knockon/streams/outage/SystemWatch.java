package org.knockon.streams.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.detection.Detection.Judgement;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.streams.task.TimeBudget;

/**
 * One system: its fold up to the newest observation, and the outages announced so far. An observation in order costs
 * one step of the fold. A late observation and a change of policy need a {@link Refold}, which may take several turns.
 * Meanwhile the old fold continues and its outages are announced; afterwards the differences are.
 */
final class SystemWatch {

    private static final Judgement NOTHING = new Judgement(List.of(), false, Long.MAX_VALUE);
    private static final Judgement DUE = new Judgement(List.of(), false, Long.MIN_VALUE);

    private final String systemId;
    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final NavigableMap<Long, Outage> announced = new TreeMap<>();

    /** Null until the first fold under a policy is done. */
    private MonitoringPolicy policy;

    /** Null while there is no complete fold: an unfinished refold does not survive a restart. */
    private Detection head;

    private Judgement judgement = NOTHING;
    private Refold refold;

    /** The stored mark: where a refold starts after a restart; {@link Long#MAX_VALUE} for none. */
    private long marked = Long.MAX_VALUE;

    SystemWatch(String systemId, ObservationLog log, Checkpoints checkpoints) {
        this.systemId = systemId;
        this.log = log;
        this.checkpoints = checkpoints;
    }

    String systemId() {
        return systemId;
    }

    /** Continues after a restart. The judgement is due at once: it may not have been announced. */
    void resume(MonitoringPolicy known, List<Outage> outages) {
        remember(outages);
        policy = known;
        Checkpoints.Checkpoint start = checkpoints.before(systemId, policy, Long.MAX_VALUE);
        head = start.detection();
        log.read(systemId, SystemKeys.key(systemId, start.day(), ""), (observedAt, monitor, status) -> {
            head.observe(monitor, status, observedAt, closed -> {});
            return true;
        });
        judgement = DUE;
    }

    /** Starts the refold again that was unfinished before a restart. */
    void resumeRefold(MonitoringPolicy known, List<Outage> outages, long mark) {
        remember(outages);
        marked = mark;
        refold = Refold.ofAllSince(mark, systemId, known, log, checkpoints);
    }

    private void remember(List<Outage> outages) {
        outages.forEach(outage -> announced.put(outage.startedAt(), outage));
    }

    /** Newest observation folded, or {@link Long#MIN_VALUE}. */
    long newest() {
        return head == null ? Long.MIN_VALUE : head.newest();
    }

    /** When the judgement may change without another observation; MAX_VALUE for never. */
    long next() {
        return judgement.next();
    }

    boolean degraded() {
        return judgement.degraded();
    }

    boolean refolding() {
        return refold != null;
    }

    /** A new policy affects every judgement, so it needs a refold of everything. Returns whether one has started. */
    boolean setPolicy(MonitoringPolicy changed) {
        if (changed.equals(refold == null ? policy : refold.policy())) {
            return false;
        }
        checkpoints.trim(systemId, Long.MAX_VALUE);
        refold = Refold.ofAllSince(Long.MIN_VALUE, systemId, changed, log, checkpoints);
        return true;
    }

    /** The system has left the catalogue: retracts its outages. */
    void remove(Announcements out) {
        refold = null;
        unmark();
        checkpoints.trim(systemId, Long.MAX_VALUE);
        announce(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), out);
    }

    /**
     * Folds an observation that the log has just accepted.
     *
     * @param current policy of the system, used if this is its first observation
     * @return whether a refold has started
     */
    boolean observe(Observation observation, MonitoringPolicy current, long now, Announcements out) {
        boolean inOrder = head == null ? refold == null : observation.observedAt() >= head.newest();
        boolean started = false;
        if (refold != null) {
            refold.arrived(observation, !inOrder);
            mark(refold.from());
        } else if (!inOrder) {
            refold = Refold.ofLate(observation, policy, log, checkpoints);
            started = true;
        }
        if (inOrder) {
            fold(observation, current, now, out);
        }
        return started;
    }

    private void fold(Observation observation, MonitoringPolicy current, long now, Announcements out) {
        if (head == null) {
            policy = current;
            head = checkpoints.beginning(systemId, policy).detection();
        }
        long day = Checkpoints.dayOf(observation.observedAt());
        boolean first = head.newest() == Long.MIN_VALUE || day > Checkpoints.dayOf(head.newest());
        if (first && (refold == null || refold.policy().equals(policy))) {
            checkpoints.put(systemId, day, head);
        }
        long unsettled = head.earliestUnsettled();
        List<Outage> outages = new ArrayList<>();
        if (head.observe(observation, outages::add)) {
            out.votesDisplaced(1);
        }
        judge(now, outages);
        announce(unsettled, Long.MAX_VALUE, outages, out);
    }

    /** The clock has reached {@link #next()}. */
    void tick(long now, Announcements out) {
        List<Outage> outages = new ArrayList<>();
        judge(now, outages);
        announce(head.earliestUnsettled(), Long.MAX_VALUE, outages, out);
    }

    private void judge(long now, List<Outage> into) {
        judgement = head.judgedAt(Math.max(now, head.newest()));
        into.addAll(judgement.outages());
    }

    /** Continues the refold until the budget is spent. Returns whether it is done. */
    boolean refold(long now, TimeBudget budget, Announcements out) {
        boolean done = refold.run(budget);
        out.votesDisplaced(refold.takeDisplaced());
        if (done) {
            unmark();
            Refold finished = refold;
            refold = null;
            takeOver(finished, now, out);
        } else {
            mark(refold.from());
        }
        return done;
    }

    private void takeOver(Refold finished, long now, Announcements out) {
        if (finished.endedUnchanged()) {
            announce(finished.unsettledAtStart(), finished.detection().earliestUnsettled(), finished.outages(), out);
            return;
        }
        policy = finished.policy();
        head = finished.detection();
        List<Outage> outages = finished.outages();
        if (head.newest() == Long.MIN_VALUE) {
            head = null;
            judgement = NOTHING;
        } else {
            judge(now, outages);
        }
        announce(finished.unsettledAtStart(), Long.MAX_VALUE, outages, out);
    }

    /** The refold waits for a later turn: marks it, so that a restart starts it again. */
    void markRefold() {
        mark(refold.from());
    }

    private void mark(long instant) {
        if (instant < marked) {
            marked = instant;
            checkpoints.mark(systemId, instant);
        }
    }

    private void unmark() {
        if (marked != Long.MAX_VALUE) {
            marked = Long.MAX_VALUE;
            checkpoints.unmark(systemId);
        }
    }

    /**
     * Removes what ended before {@code before}; what is open or may still change stays. Returns false when the budget
     * was spent first.
     */
    boolean trim(long before, TimeBudget budget, Announcements out) {
        if (head == null || refold != null) {
            return true;
        }
        long keepFrom = Math.min(Checkpoints.dayOf(before), Checkpoints.dayOf(head.newest()));
        Checkpoints.Checkpoint base = checkpoints.before(systemId, policy, keepFrom);
        if (base.isBeginning()) {
            return true;
        }
        checkpoints.trim(systemId, base.day());
        if (!log.trim(systemId, base.day(), budget)) {
            return false;
        }
        while (!announced.isEmpty() && announced.firstEntry().getValue().endedAt() < before) {
            out.removed(announced.pollFirstEntry().getValue());
        }
        return true;
    }

    /** Replaces the announced outages that start in [from, to) by the given ones and announces the differences. */
    private void announce(long from, long to, List<Outage> outages, Announcements out) {
        Map<Long, Outage> before = new TreeMap<>(announced.subMap(from, true, to, to == Long.MAX_VALUE));
        for (Outage outage : outages) {
            Outage known = before.remove(outage.startedAt());
            if (!outage.equals(known)) {
                announced.put(outage.startedAt(), outage);
                out.put(outage);
            }
        }
        for (Outage gone : before.values()) {
            announced.remove(gone.startedAt());
            out.removed(gone);
        }
    }

    /** Receives new, changed and retracted outages. */
    interface Announcements {
        void put(Outage outage);

        void removed(Outage outage);

        /** Votes that do not count because of the bound on monitors. */
        void votesDisplaced(int votes);
    }
}
