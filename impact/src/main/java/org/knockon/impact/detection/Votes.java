package org.knockon.impact.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.SystemStatus;

/**
 * The newest observation of each monitor of one system, for at most {@code most} monitors: those with the newest
 * observations, by {@code observedAt}, then by monitor name.
 *
 * <p>Evicting the oldest vote gives exactly this set. While a monitor does not vote, its rank can only fall, because
 * all other votes only become newer. So an evicted monitor can return only by voting again. It does not return when
 * others expire either: they are newer, so its own vote expired before theirs.
 */
final class Votes {

    private static final SystemStatus[] STATUSES = SystemStatus.values();

    private final int most;
    private final List<Vote> oldestFirst;
    private final int[] counts;

    Votes(int most) {
        this(most, new ArrayList<>(), new int[STATUSES.length]);
        if (most < 1) {
            throw new IllegalArgumentException("at least one monitor must have a vote, not " + most);
        }
    }

    private Votes(int most, List<Vote> oldestFirst, int[] counts) {
        this.most = most;
        this.oldestFirst = oldestFirst;
        this.counts = counts;
    }

    Votes copy() {
        return new Votes(most, new ArrayList<>(oldestFirst), counts.clone());
    }

    /**
     * Replaces the monitor's vote. Of two votes at the same instant, the worse status is kept.
     *
     * @param observedAt epoch milliseconds, not before any earlier vote
     * @return whether a monitor lost its vote because of the bound
     */
    boolean cast(String monitor, SystemStatus status, long observedAt) {
        Vote vote = new Vote(monitor, status, observedAt);
        int known = indexOf(monitor);
        if (known >= 0) {
            Vote former = remove(known);
            if (former.observedAt == observedAt && former.status.compareTo(status) > 0) {
                vote = former;
            }
        }
        int at = oldestFirst.size();
        while (at > 0 && vote.compareTo(oldestFirst.get(at - 1)) < 0) {
            at--;
        }
        oldestFirst.add(at, vote);
        counts[vote.status.ordinal()]++;
        if (oldestFirst.size() <= most) {
            return false;
        }
        remove(0);
        return true;
    }

    /** Linear, because there are few votes: two or three are usual, and the bound is low. */
    private int indexOf(String monitor) {
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            if (oldestFirst.get(i).monitor.equals(monitor)) {
                return i;
            }
        }
        return -1;
    }

    private Vote remove(int index) {
        Vote vote = oldestFirst.remove(index);
        counts[vote.status.ordinal()]--;
        return vote;
    }

    /** Drops the votes observed before {@code earliest}. */
    void expire(long earliest) {
        int expired = 0;
        while (expired < oldestFirst.size() && oldestFirst.get(expired).observedAt < earliest) {
            counts[oldestFirst.get(expired).status.ordinal()]--;
            expired++;
        }
        oldestFirst.subList(0, expired).clear();
    }

    /** observedAt of the oldest vote; {@link Long#MAX_VALUE} without votes. */
    long oldest() {
        return oldestFirst.isEmpty() ? Long.MAX_VALUE : oldestFirst.get(0).observedAt;
    }

    /** The status with the most votes; a tie goes to the worse status. */
    SystemStatus majority() {
        int best = SystemStatus.UP.ordinal();
        for (int i = best; i < counts.length; i++) {
            if (counts[i] >= counts[best]) {
                best = i;
            }
        }
        return STATUSES[best];
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(oldestFirst.size());
        for (Vote vote : oldestFirst) {
            byte[] monitor = vote.monitor.getBytes(StandardCharsets.UTF_8);
            out.writeInt(monitor.length);
            out.write(monitor);
            out.writeByte(tag(vote.status));
            out.writeLong(vote.observedAt);
        }
    }

    void read(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            byte[] monitor = new byte[in.readInt()];
            in.readFully(monitor);
            cast(new String(monitor, StandardCharsets.UTF_8), status(in.readByte()), in.readLong());
        }
    }

    /** Stored form of a status. Stored state contains these numbers, so they must never change. */
    private static byte tag(SystemStatus status) {
        return switch (status) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DEGRADED -> 2;
            case MAINTENANCE -> 3;
            case DOWN -> 4;
        };
    }

    private static SystemStatus status(byte tag) throws IOException {
        for (SystemStatus status : STATUSES) {
            if (tag(status) == tag) {
                return status;
            }
        }
        throw new IOException("unknown tag of a system status in stored state: " + tag);
    }

    private record Vote(String monitor, SystemStatus status, long observedAt) implements Comparable<Vote> {
        @Override
        public int compareTo(Vote other) {
            return observedAt == other.observedAt
                    ? monitor.compareTo(other.monitor)
                    : Long.compare(observedAt, other.observedAt);
        }
    }
}
