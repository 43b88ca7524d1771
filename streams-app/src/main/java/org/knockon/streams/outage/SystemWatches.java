package org.knockon.streams.outage;

import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.streams.task.TimeBudget;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The systems of one partition that have been observed, and the work on them that waits: judgements that are due, refolds, and the daily
 * removal of what is older than retention. Each kind is done in slices. A system without observations costs nothing.
 */
final class SystemWatches {

    private final ObservationLog log;
    private final Checkpoints checkpoints;
    private final SystemWatch.Announcements out;
    private final long slice;
    private final Map<String, SystemWatch> watches = new HashMap<>();
    private final Agenda agenda = new Agenda();
    private final Deque<SystemWatch> refolding = new ArrayDeque<>();
    private final Set<SystemWatch> queued = new HashSet<>();
    private int degraded;

    /**
     * How long refolds may still take at once, before they have to wait for the next check: many late observations then share one refold.
     * Nanoseconds.
     */
    private long atOnce;

    private boolean trimming;
    private String lastTrimmed;
    private long trimBefore;

    /** @param slice nanoseconds that one step may take */
    SystemWatches(ObservationLog log, Checkpoints checkpoints, SystemWatch.Announcements out, long slice) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.out = out;
        this.slice = slice;
        atOnce = slice;
    }

    /**
     * Takes up again where a former run of the program stood.
     *
     * @param announced outages by system
     * @return the newest observation of all systems in the catalogue; {@link Long#MIN_VALUE} when there is none
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

    /** The catalogue has taken up a system that has observations already, or has changed its policy. */
    void setPolicy(String systemId, MonitoringPolicy policy, long now) {
        SystemWatch watch = watch(systemId);
        change(systemId, watch, () -> {
            if (watch.setPolicy(policy)) {
                begin(watch, now);
            }
        });
    }

    /** The catalogue has dropped a system. */
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

    /** Takes in an observation that the log has just accepted. */
    void observe(Observation observation, MonitoringPolicy policy, long now) {
        SystemWatch watch = watch(observation.systemId());
        change(observation.systemId(), watch, () -> {
            if (watch.observe(observation, policy, now, out)) {
                begin(watch, now);
            }
        });
    }

    private SystemWatch watch(String systemId) {
        return watches.computeIfAbsent(systemId, id -> new SystemWatch(id, log, checkpoints));
    }

    /** Most refolds are short and done at once. */
    private void begin(SystemWatch watch, long now) {
        if (atOnce > 0) {
            long started = System.nanoTime();
            boolean done = watch.refold(now, new TimeBudget(atOnce), out);
            atOnce -= System.nanoTime() - started;
            if (done) {
                return;
            }
        }
        watch.waitForSlice();
        if (queued.add(watch)) {
            refolding.addFirst(watch);
        }
    }

    private void queue(SystemWatch watch) {
        queued.add(watch);
        refolding.addLast(watch);
    }

    /** Judges the systems whose time has come, until the slice is over. */
    void settle(long now, TimeBudget turn) {
        boolean more = true;
        for (String due = agenda.due(now); due != null && more; due = agenda.due(now)) {
            SystemWatch watch = watches.get(due);
            change(due, watch, () -> watch.tick(now, out));
            more = !turn.over();
        }
    }

    /** Whether a system waits to be judged by this clock. */
    boolean due(long now) {
        return agenda.due(now) != null;
    }

    /** Goes on with what waits for a slice: systems take turns, so that a long refold holds up no other. */
    void work(long now, TimeBudget turn) {
        atOnce = slice;
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
                more = !turn.over();
            }
        }
        trim(turn);
    }

    /** Has everything removed that was over before an instant. */
    void trim(long before) {
        trimBefore = before;
        lastTrimmed = null;
        trimming = true;
    }

    /** Systems that are not in the catalogue too: their observations are kept as long. */
    private void trim(TimeBudget turn) {
        boolean more = true;
        while (trimming && more) {
            String systemId = log.systemAfter(lastTrimmed);
            if (systemId == null) {
                trimming = false;
            } else if (trim(systemId, turn)) {
                lastTrimmed = systemId;
            }
            more = !turn.over();
        }
    }

    private boolean trim(String systemId, TimeBudget turn) {
        SystemWatch watch = watches.get(systemId);
        return watch == null ? log.trim(systemId, trimBefore, turn) : watch.trim(trimBefore, turn, out);
    }

    /** Keeps the agenda and the count of degraded systems as the watch says. */
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

    /** Work that waits for a slice; what is due by the clock not among it. */
    int waiting() {
        return refolding.size() + (trimming ? 1 : 0);
    }
}
