package org.knockon.impact.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/**
 * The fold of one system's observations into outages. Feed it observations by rising {@code observedAt}; whoever gets a late
 * one folds again from a copy taken earlier. What has been folded is never revised; the stretch from the newest observation on
 * stays open to judgement and is shown by {@link #judgedAt}.
 *
 * <p>Valid: observe(10:00), observe(10:05), judgedAt(10:07), observe(10:07). Invalid: observe(10:05), observe(10:00).
 */
public final class Detection {

    private static final long NEVER = Long.MIN_VALUE;

    private final String systemId;
    private final MonitoringPolicy policy;
    private final Map<String, Vote> votes = new TreeMap<>();
    private final RunScan unavailable;
    private final RunScan degraded;
    private long newest = NEVER;

    public Detection(String systemId, MonitoringPolicy policy) {
        this(
                systemId,
                policy,
                new RunScan(policy.confirmAfter(), policy.recoverAfter()),
                new RunScan(policy.confirmAfter(), policy.recoverAfter()));
    }

    private Detection(String systemId, MonitoringPolicy policy, RunScan unavailable, RunScan degraded) {
        this.systemId = systemId;
        this.policy = policy;
        this.unavailable = unavailable;
        this.degraded = degraded;
    }

    public Detection copy() {
        Detection copy = new Detection(systemId, policy, unavailable.copy(), degraded.copy());
        copy.votes.putAll(votes);
        copy.newest = newest;
        return copy;
    }

    /** The newest {@code observedAt} folded; {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return newest;
    }

    /**
     * Folds the next observation.
     *
     * @param closed told of each outage that this settles
     * @throws IllegalArgumentException when the observation is older than one already folded
     */
    public void observe(Observation observation, Consumer<Outage> closed) {
        observe(observation.monitor(), observation.status(), observation.observedAt(), closed);
    }

    /** As {@link #observe(Observation, Consumer)}, with the observation in parts. */
    public void observe(String monitor, SystemStatus status, long observedAt, Consumer<Outage> closed) {
        if (observedAt < newest) {
            throw new IllegalArgumentException("observation of " + systemId + " at " + observedAt
                    + " ms is older than the newest one folded, at " + newest + " ms");
        }
        if (newest != NEVER && observedAt > newest) {
            scanTo(observedAt, closed);
            votes.values().removeIf(vote -> expired(vote, observedAt));
        }
        newest = observedAt;
        votes.merge(monitor, new Vote(status, observedAt), Vote::newer);
    }

    /**
     * The outages that are not settled yet, as they look at {@code now}: those that would close, and the open one.
     *
     * @param now epoch milliseconds, not before {@link #newest()}
     */
    public Judgement judgedAt(long now) {
        if (newest == NEVER) {
            return new Judgement(List.of(), false, Long.MAX_VALUE);
        }
        List<Outage> outages = new ArrayList<>();
        Detection ahead = copy();
        ahead.scanTo(now, outages::add);
        boolean silent = now - newest > policy.silenceAfter();
        ahead.piece(now, silent ? SystemStatus.DOWN : ahead.tally(now), silent, outages::add);
        ahead.unavailable.completeRun(now, opened -> outages.add(outage(opened)));
        ahead.degraded.completeRun(now, opened -> {});
        RunScan.Opened open = ahead.unavailable.opened();
        if (open != null) {
            outages.add(outage(open));
        }
        return new Judgement(outages, ahead.degraded.opened() != null, nextJudgement(ahead, now));
    }

    /** No outage settled from here on starts before this instant; all settled before do. */
    public long earliestUnsettled() {
        return unavailable.earliestStart(newest);
    }

    private long nextJudgement(Detection ahead, long now) {
        long next = Math.min(ahead.unavailable.nextJudgement(now), ahead.degraded.nextJudgement(now));
        if (newest + policy.silenceAfter() + 1 > now) {
            next = Math.min(next, newest + policy.silenceAfter() + 1);
        }
        for (Vote vote : votes.values()) {
            long expiry = vote.observedAt + policy.silenceAfter() + 1;
            if (expiry > now) {
                next = Math.min(next, expiry);
            }
        }
        return next;
    }

    /** Scans the stretch from the newest observation to {@code to}; a stretch of silence is DOWN as a whole. */
    private void scanTo(long to, Consumer<Outage> closed) {
        if (to - newest > policy.silenceAfter()) {
            piece(newest, SystemStatus.DOWN, true, closed);
            return;
        }
        long from = newest;
        while (from < to) {
            piece(from, tally(from), false, closed);
            from = nextExpiry(from, to);
        }
    }

    private long nextExpiry(long after, long limit) {
        long next = limit;
        for (Vote vote : votes.values()) {
            long expiry = vote.observedAt + policy.silenceAfter() + 1;
            if (expiry > after && expiry < next) {
                next = expiry;
            }
        }
        return next;
    }

    private void piece(long from, SystemStatus status, boolean silent, Consumer<Outage> closed) {
        RunScan.Piece what = silent
                ? RunScan.Piece.SILENCE
                : status == SystemStatus.MAINTENANCE ? RunScan.Piece.MAINTENANCE : RunScan.Piece.OBSERVED;
        unavailable.piece(from, status.unavailable(), what, opened -> closed.accept(outage(opened)));
        degraded.piece(from, status == SystemStatus.DEGRADED, what, opened -> {});
    }

    /** The status with most votes that still count at {@code instant}; ties go to the worse. */
    private SystemStatus tally(long instant) {
        int[] counts = new int[SystemStatus.values().length];
        for (Vote vote : votes.values()) {
            if (!expired(vote, instant)) {
                counts[vote.status.ordinal()]++;
            }
        }
        int best = SystemStatus.UP.ordinal();
        for (int i = best; i < counts.length; i++) {
            if (counts[i] >= counts[best]) {
                best = i;
            }
        }
        return SystemStatus.values()[best];
    }

    private boolean expired(Vote vote, long instant) {
        return instant - vote.observedAt > policy.silenceAfter();
    }

    private Outage outage(RunScan.Opened opened) {
        long delay = opened.traits().beganInSilence()
                ? Math.max(policy.confirmAfter(), policy.silenceAfter())
                : policy.confirmAfter();
        Evidence evidence = opened.traits().evidence();
        return new Outage(
                systemId,
                opened.start(),
                opened.end(),
                opened.traits().onlyMaintenance(),
                evidence,
                opened.start() + delay);
    }

    /** Writes the fold's state, the policy left out. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeInt(votes.size());
        for (Map.Entry<String, Vote> entry : votes.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeByte(entry.getValue().status.ordinal());
            out.writeLong(entry.getValue().observedAt);
        }
        unavailable.write(out);
        degraded.write(out);
    }

    /** Reads what {@link #write} wrote under the same policy. */
    public static Detection read(String systemId, MonitoringPolicy policy, DataInput in) throws IOException {
        Detection detection = new Detection(systemId, policy);
        detection.newest = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String monitor = in.readUTF();
            detection.votes.put(monitor, new Vote(SystemStatus.values()[in.readByte()], in.readLong()));
        }
        detection.unavailable.read(in);
        detection.degraded.read(in);
        return detection;
    }

    private record Vote(SystemStatus status, long observedAt) {

        Vote newer(Vote other) {
            if (observedAt != other.observedAt) {
                return observedAt > other.observedAt ? this : other;
            }
            return status.compareTo(other.status) >= 0 ? this : other;
        }
    }

    /**
     * What is to be said of a system at one instant.
     *
     * @param outages not settled yet, in order of start
     * @param degraded it has been DEGRADED, and nothing worse, for long enough
     * @param next first later instant at which, without further observations, the judgement may differ; MAX_VALUE for never
     */
    public record Judgement(List<Outage> outages, boolean degraded, long next) {}
}
