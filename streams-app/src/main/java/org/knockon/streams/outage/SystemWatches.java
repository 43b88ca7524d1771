package org.knockon.streams.outage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.streams.task.TimeBudget;

/**
 * The observed systems of one partition and the pending work on them: judgements that are due, refolds, and the daily
 * removal of what is older than retention. All work is divided into turns. A system without observations costs
 * nothing.
 */
final class SystemWatches {

    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final SystemWatch.Announcements out;
    private final long turnNanos;
    private final Map<String, SystemWatch> watches = new HashMap<>();
    private final Agenda agenda = new Agenda();
    private final Deque<SystemWatch> refolding = new ArrayDeque<>();
    private final Set<SystemWatch> queued = new HashSet<>();
    private int degraded;

    /**
     * Nanoseconds that refolds may still take immediately before they have to wait for the next check, where many late
     * observations share one refold.
     */
    private long immediate;

    private boolean trimming;
    private String lastTrimmed;
    private long trimBefore;

    /** @param turnNanos nanoseconds that one turn may take */
    SystemWatches(ObservationLog log, Checkpoints checkpoints, SystemWatch.Announcements out, long turnNanos) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.out = out;
        this.turnNanos = turnNanos;
        immediate = turnNanos;
    }

    /**
     * Continues after a restart.
     *
     * @param announced outages by system
     * @return time of the newest observation of any system in the catalogue; {@link Long#MIN_VALUE} for none
     */
    long resume(Map<String, MonitoringPolicy> policies, Map<String, List<Outage>> announced) {
        long newest = Long.MIN_VALUE;
        for (Map.Entry<String, Long> mark : checkpoints.marks().entrySet()) {
            String systemId = mark.getKey();
            SystemWatch watch = new SystemWatch(systemId, log, checkpoints);
            watch.resumeRefold(policies.get(systemId), outages(announced, systemId), mark.getValue());
            watches.put(systemId, watch);
            queue(watch);
            newest = Math.max(newest, log.newest(systemId));
        }
        for (String systemId = checkpoints.systemAfter(null);
                systemId != null;
                systemId = checkpoints.systemAfter(systemId)) {
            if (policies.containsKey(systemId) && !watches.containsKey(systemId)) {
                SystemWatch watch = new SystemWatch(systemId, log, checkpoints);
                watch.resume(policies.get(systemId), outages(announced, systemId));
                watches.put(systemId, watch);
                agenda.set(systemId, watch.next());
                newest = Math.max(newest, watch.newest());
            }
        }
        return newest;
    }

    private static List<Outage> outages(Map<String, List<Outage>> announced, String systemId) {
        return announced.getOrDefault(systemId, List.of());
    }

    /** The catalogue has added a system that has observations already, or has changed its policy. */
    void setPolicy(String systemId, MonitoringPolicy policy, long now) {
        SystemWatch watch = watch(systemId);
        change(systemId, watch, () -> {
            if (watch.setPolicy(policy)) {
                startRefold(watch, now);
            }
        });
    }

    /** The system has left the catalogue. */
    void remove(String systemId) {
        SystemWatch watch = watches.remove(systemId);
        if (watch != null) {
            degraded -= watch.degraded() ? 1 : 0;
            watch.remove(out);
            agenda.set(systemId, Long.MAX_VALUE);
        }
    }

    boolean has(String systemId) {
        return watches.containsKey(systemId);
    }

    /** Folds an observation that the log has just accepted. */
    void observe(Observation observation, MonitoringPolicy policy, long now) {
        SystemWatch watch = watch(observation.systemId());
        change(observation.systemId(), watch, () -> {
            if (watch.observe(observation, policy, now, out)) {
                startRefold(watch, now);
            }
        });
    }

    private SystemWatch watch(String systemId) {
        return watches.computeIfAbsent(systemId, id -> new SystemWatch(id, log, checkpoints));
    }

    /** Most refolds are short and finish immediately. */
    private void startRefold(SystemWatch watch, long now) {
        if (immediate > 0) {
            long started = System.nanoTime();
            boolean done = watch.refold(now, new TimeBudget(immediate), out);
            immediate -= System.nanoTime() - started;
            if (done) {
                return;
            }
        }
        watch.markRefold();
        if (queued.add(watch)) {
            refolding.addFirst(watch);
        }
    }

    private void queue(SystemWatch watch) {
        queued.add(watch);
        refolding.addLast(watch);
    }

    /** Judges the systems that are due, until the budget is spent. */
    void settle(long now, TimeBudget turn) {
        boolean more = true;
        for (String due = agenda.due(now); due != null && more; due = agenda.due(now)) {
            SystemWatch watch = watches.get(due);
            change(due, watch, () -> watch.tick(now, out));
            more = !turn.isSpent();
        }
    }

    /** Whether a system is due at this clock. */
    boolean due(long now) {
        return agenda.due(now) != null;
    }

    /** Continues refolds and removals. Systems take turns, so that a long refold delays no other. */
    void work(long now, TimeBudget turn) {
        immediate = turnNanos;
        boolean more = true;
        while (more && !refolding.isEmpty()) {
            SystemWatch watch = refolding.poll();
            queued.remove(watch);
            if (watch.refolding()) {
                change(watch.systemId(), watch, () -> {
                    if (!watch.refold(now, turn, out)) {
                        queue(watch);
                    }
                });
                more = !turn.isSpent();
            }
        }
        trim(turn);
    }

    /** Starts the removal of everything that ended before an instant. */
    void trim(long before) {
        trimBefore = before;
        lastTrimmed = null;
        trimming = true;
    }

    /** Includes systems that are not in the catalogue: their observations are kept as long. */
    private void trim(TimeBudget turn) {
        boolean more = true;
        while (trimming && more) {
            String systemId = log.systemAfter(lastTrimmed);
            if (systemId == null) {
                trimming = false;
            } else if (trim(systemId, turn)) {
                lastTrimmed = systemId;
            }
            more = !turn.isSpent();
        }
    }

    private boolean trim(String systemId, TimeBudget turn) {
        SystemWatch watch = watches.get(systemId);
        return watch == null ? log.trim(systemId, trimBefore, turn) : watch.trim(trimBefore, turn, out);
    }

    /** Makes a change and updates the agenda and the number of degraded systems. */
    private void change(String systemId, SystemWatch watch, Runnable change) {
        boolean before = watch.degraded();
        change.run();
        if (watch.degraded() != before) {
            degraded += before ? -1 : 1;
        }
        agenda.set(systemId, watch.next());
    }

    int degraded() {
        return degraded;
    }

    /** Number of pending refolds and removals, without judgements that are due. */
    int waiting() {
        return refolding.size() + (trimming ? 1 : 0);
    }
}
