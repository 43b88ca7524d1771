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
import org.knockon.impact.model.SystemStatus;

/**
 * One system: its fold up to the newest observation, and the outages announced so far. In-order observations cost one step of the
 * fold; a late one folds again from the checkpoint of its day until a later checkpoint comes out as it was.
 */
final class SystemWatch {

    private final String systemId;
    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final NavigableMap<Long, Outage> announced = new TreeMap<>();
    private MonitoringPolicy policy;
    private Detection head;
    private Judgement judgement = new Judgement(List.of(), false, Long.MAX_VALUE);

    SystemWatch(String systemId, ObservationLog log, Checkpoints checkpoints) {
        this.systemId = systemId;
        this.log = log;
        this.checkpoints = checkpoints;
    }

    /** Takes up again where a former run of the program stood. */
    void resume(MonitoringPolicy known, List<Outage> outages, long now) {
        policy = known;
        outages.forEach(outage -> announced.put(outage.startedAt(), outage));
        Checkpoints.Checkpoint start = checkpoints.before(systemId, policy, Long.MAX_VALUE);
        if (start == null) {
            return;
        }
        head = start.detection();
        log.read(systemId, start.day(), (observedAt, monitor, status) -> {
            head.observe(monitor, status, observedAt, closed -> {});
            return true;
        });
        judgement = head.judgedAt(Math.max(now, head.newest()));
    }

    /** Newest observation, or {@link Long#MIN_VALUE}. */
    long newest() {
        return head == null ? Long.MIN_VALUE : head.newest();
    }

    /** When, without another observation, there may be something new to say; MAX_VALUE for never. */
    long next() {
        return judgement.next();
    }

    boolean degraded() {
        return judgement.degraded();
    }

    /** Null takes the system out of the catalogue. Everything is folded anew, for every judgement rests on the policy. */
    void setPolicy(MonitoringPolicy changed, long now, Announcements out) {
        if (changed == null ? policy == null : changed.equals(policy)) {
            return;
        }
        policy = changed;
        head = null;
        judgement = new Judgement(List.of(), false, Long.MAX_VALUE);
        checkpoints.trim(systemId, Long.MAX_VALUE);
        if (changed == null) {
            announce(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), out);
        } else {
            refold(
                    new Checkpoints.Checkpoint(Long.MIN_VALUE, new Detection(systemId, policy)),
                    Long.MAX_VALUE,
                    now,
                    out);
        }
    }

    /** Takes in an observation that the log has just accepted. */
    void observe(Observation observation, long now, Announcements out) {
        long observedAt = observation.observedAt();
        if (head == null || observedAt < head.newest()) {
            Checkpoints.Checkpoint start = checkpoints.before(systemId, policy, observedAt);
            refold(
                    start == null ? new Checkpoints.Checkpoint(Long.MIN_VALUE, new Detection(systemId, policy)) : start,
                    Checkpoints.dayOf(observedAt),
                    now,
                    out);
            return;
        }
        if (Checkpoints.dayOf(observedAt) > Checkpoints.dayOf(head.newest())) {
            checkpoints.put(systemId, Checkpoints.dayOf(observedAt), head);
        }
        long unsettled = head.earliestUnsettled();
        List<Outage> outages = new ArrayList<>();
        head.observe(observation, outages::add);
        judge(now, outages);
        announce(unsettled, Long.MAX_VALUE, outages, out);
    }

    /** The clock has come to {@link #next()}. */
    void tick(long now, Announcements out) {
        if (head == null) {
            return;
        }
        List<Outage> outages = new ArrayList<>();
        judge(now, outages);
        announce(head.earliestUnsettled(), Long.MAX_VALUE, outages, out);
    }

    /** Forgets what ended before {@code before}; what is still open, or could still change, stays. */
    void trim(long before, Announcements out) {
        if (head == null) {
            return;
        }
        long keepFrom = Math.min(Checkpoints.dayOf(before), Checkpoints.dayOf(head.newest()));
        Checkpoints.Checkpoint base = checkpoints.before(systemId, policy, keepFrom);
        if (base == null) {
            return;
        }
        log.trim(systemId, base.day());
        checkpoints.trim(systemId, base.day());
        for (Outage outage : List.copyOf(announced.values())) {
            if (outage.endedAt() < before) {
                announced.remove(outage.startedAt());
                out.removed(outage);
            }
        }
    }

    private void judge(long now, List<Outage> into) {
        judgement = head.judgedAt(Math.max(now, head.newest()));
        into.addAll(judgement.outages());
    }

    private void refold(Checkpoints.Checkpoint start, long changedDay, long now, Announcements out) {
        Refold refold = new Refold(start, changedDay);
        log.read(systemId, start.day(), refold::read);
        if (!refold.sameAgain) {
            head = refold.detection;
            if (head.newest() == Long.MIN_VALUE) {
                head = null;
            } else {
                judge(now, refold.outages);
            }
        }
        announce(
                refold.unsettledAtStart,
                refold.sameAgain ? refold.detection.earliestUnsettled() : Long.MAX_VALUE,
                refold.outages,
                out);
    }

    /** Replaces what was announced with a start in [from, to) by the given outages, and says what is different. */
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

    /** Folds from a checkpoint on, renewing those it passes, until one comes out as it was or the observations end. */
    private final class Refold {

        private final long changedDay;
        private final long unsettledAtStart;
        private final Detection detection;
        private final List<Outage> outages = new ArrayList<>();
        private long day;
        private boolean sameAgain;

        Refold(Checkpoints.Checkpoint start, long changedDay) {
            this.changedDay = changedDay;
            detection = start.detection();
            day = start.day();
            unsettledAtStart = detection.earliestUnsettled();
        }

        boolean read(long observedAt, String monitor, SystemStatus status) {
            long itsDay = Checkpoints.dayOf(observedAt);
            if (itsDay > day) {
                day = itsDay;
                if (!checkpoints.put(systemId, day, detection) && day > changedDay) {
                    sameAgain = true;
                    return false;
                }
            }
            detection.observe(monitor, status, observedAt, outages::add);
            return true;
        }
    }

    /** Told of what is new or different, and of what never was. */
    interface Announcements {
        void put(Outage outage);

        void removed(Outage outage);
    }
}
