package org.knockon.impact.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/**
 * Folds the observations of one system into outages. Observations must come in order of {@code observedAt}; for a late
 * one, fold again from an earlier {@link #copy}. Folded observations are never revised. The time from the newest
 * observation on is still open: {@link #judgedAt} shows it as it looks at a given instant.
 *
 * <p>State and the cost of a call are bounded: of the monitors whose newest observation still counts, only the newest
 * {@value #MOST_MONITORS} have a vote (by {@code observedAt}, then by monitor name).
 *
 * <p>Valid: observe(10:00), observe(10:05), judgedAt(10:07), observe(10:07). Invalid: observe(10:05), observe(10:00).
 */
public final class Detection {

    /** Greatest number of monitors of one system that have a vote at any instant. */
    public static final int MOST_MONITORS = 100;

    private static final long NEVER = Long.MIN_VALUE;

    /** Version of the form that {@link #write} writes: its first byte. */
    private static final byte FORM = 1;

    private final String systemId;
    private final MonitoringPolicy policy;
    private final Votes votes;
    private final RunScan unavailable;
    private final RunScan degraded;
    private long newest = NEVER;

    public Detection(String systemId, MonitoringPolicy policy) {
        this(systemId, policy, MOST_MONITORS);
    }

    /** @param mostMonitors greatest number of monitors with a vote, instead of {@link #MOST_MONITORS} */
    public Detection(String systemId, MonitoringPolicy policy, int mostMonitors) {
        this(
                systemId,
                policy,
                new Votes(mostMonitors),
                new RunScan(policy.confirmAfter(), policy.recoverAfter()),
                new RunScan(policy.confirmAfter(), policy.recoverAfter()));
    }

    private Detection(String systemId, MonitoringPolicy policy, Votes votes, RunScan unavailable, RunScan degraded) {
        this.systemId = systemId;
        this.policy = policy;
        this.votes = votes;
        this.unavailable = unavailable;
        this.degraded = degraded;
    }

    public Detection copy() {
        Detection copy = new Detection(systemId, policy, votes.copy(), unavailable.copy(), degraded.copy());
        copy.newest = newest;
        return copy;
    }

    /** The newest folded {@code observedAt}; {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return newest;
    }

    /**
     * Folds the next observation.
     *
     * @param closed receives each outage that is final after this observation
     * @return whether a monitor lost its vote because of the bound on monitors
     * @throws IllegalArgumentException if the observation is older than one already folded
     */
    public boolean observe(Observation observation, Consumer<Outage> closed) {
        return observe(observation.monitor(), observation.status(), observation.observedAt(), closed);
    }

    /** Same as {@link #observe(Observation, Consumer)}, with the fields of the observation. */
    public boolean observe(String monitor, SystemStatus status, long observedAt, Consumer<Outage> closed) {
        if (observedAt < newest) {
            throw new IllegalArgumentException("observation of " + systemId + " at " + observedAt
                    + " ms is older than the newest one folded, at " + newest + " ms");
        }
        if (newest != NEVER && observedAt > newest) {
            scanTo(observedAt, closed);
        }
        newest = observedAt;
        return votes.cast(monitor, status, observedAt);
    }

    /**
     * The outages that are not final yet, as they look at {@code now}: those that would close, and the open one.
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
        ahead.piece(now, silent ? SystemStatus.DOWN : ahead.votes.majority(), silent, outages::add);
        ahead.unavailable.completeRun(now, opened -> outages.add(outage(opened)));
        ahead.degraded.completeRun(now, opened -> {});
        RunScan.Opened open = ahead.unavailable.opened();
        if (open != null) {
            outages.add(outage(open));
        }
        return new Judgement(outages, ahead.degraded.opened() != null, nextJudgement(ahead, now));
    }

    /** All final outages start before this instant; all later ones start at it or after it. */
    public long earliestUnsettled() {
        return unavailable.earliestStart(newest);
    }

    private long nextJudgement(Detection ahead, long now) {
        long next = Math.min(ahead.unavailable.nextJudgement(now), ahead.degraded.nextJudgement(now));
        if (newest + policy.silenceAfter() + 1 > now) {
            next = Math.min(next, newest + policy.silenceAfter() + 1);
        }
        return Math.min(next, ahead.nextExpiry());
    }

    /**
     * Scans from the newest observation to {@code to}, and leaves the votes as of then. Silence is DOWN for its whole
     * length.
     */
    private void scanTo(long to, Consumer<Outage> closed) {
        if (to - newest > policy.silenceAfter()) {
            piece(newest, SystemStatus.DOWN, true, closed);
        } else {
            for (long from = newest; from < to; from = Math.min(nextExpiry(), to)) {
                votes.expire(from - policy.silenceAfter());
                piece(from, votes.majority(), false, closed);
            }
        }
        votes.expire(to - policy.silenceAfter());
    }

    /** First instant at which the oldest vote has expired. */
    private long nextExpiry() {
        long oldest = votes.oldest();
        return oldest == Long.MAX_VALUE ? oldest : oldest + policy.silenceAfter() + 1;
    }

    private void piece(long from, SystemStatus status, boolean silent, Consumer<Outage> closed) {
        RunScan.Piece what = silent
                ? RunScan.Piece.SILENCE
                : status == SystemStatus.MAINTENANCE ? RunScan.Piece.MAINTENANCE : RunScan.Piece.OBSERVED;
        unavailable.piece(from, status.unavailable(), what, opened -> closed.accept(outage(opened)));
        degraded.piece(from, status == SystemStatus.DEGRADED, what, opened -> {});
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

    /** Writes the state, without the policy. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORM);
        out.writeLong(newest);
        votes.write(out);
        unavailable.write(out);
        degraded.write(out);
    }

    /**
     * Reads the state that {@link #write} wrote with the same policy and bound.
     *
     * @throws IOException if it has another form
     */
    public static Detection read(String systemId, MonitoringPolicy policy, int mostMonitors, DataInput in)
            throws IOException {
        byte form = in.readByte();
        if (form != FORM) {
            throw new IOException("the stored detection state of " + systemId + " has form " + form + ", not " + FORM);
        }
        Detection detection = new Detection(systemId, policy, mostMonitors);
        detection.newest = in.readLong();
        detection.votes.read(in);
        detection.unavailable.read(in);
        detection.degraded.read(in);
        return detection;
    }

    /**
     * The state of a system at one instant.
     *
     * @param outages outages that are not final yet, in order of start
     * @param degraded whether it has been DEGRADED, and nothing worse, for long enough to count
     * @param next first later instant at which the judgement may change without a new observation; MAX_VALUE for never
     */
    public record Judgement(List<Outage> outages, boolean degraded, long next) {}
}
