package org.knockon.feeds.probe;

import java.util.SplittableRandom;

/**
 * When each target is looked at. The targets are spread over the pause between two looks, so that they are not all
 * looked at together, and each look is moved a little, so that several instances do not fall into step. Times are
 * milliseconds since 1970. Pure, thread-safe.
 */
public final class ProbeSchedule {

    /** How far a look is moved at most, as a part of the pause: a tenth in all. */
    private static final double JITTER = 0.05;

    private final long start;
    private final long every;
    private final int targets;
    private final long seed;

    /** @param seed other instances should have another one */
    public ProbeSchedule(long start, long every, int targets, long seed) {
        this.start = start;
        this.every = every;
        this.targets = targets;
        this.seed = seed;
    }

    /** When the first look at a target is due. */
    public long first(int target) {
        return due(target, 0);
    }

    /**
     * When the next look at a target is due. Looks that would have fallen into a longer one are left out.
     *
     * @param before when the last look was due
     * @param finishedAt when it was finished; no look begins before the one before it has ended
     */
    public long next(int target, long before, long finishedAt) {
        long round = round(target, before) + 1;
        long missed = round(target, finishedAt);
        for (long candidate = Math.max(round, missed); ; candidate++) {
            long due = due(target, candidate);
            if (due > before && due >= finishedAt) {
                return due;
            }
        }
    }

    private long due(int target, long round) {
        double moved = new SplittableRandom(seed ^ (target * 1_000_003L + round)).nextDouble(-JITTER, JITTER);
        long due = start + target * every / targets + round * every + Math.round(moved * every);
        return Math.max(start, due);
    }

    /** The round whose unmoved time is nearest. */
    private long round(int target, long instant) {
        return Math.max(0, Math.floorDiv(instant - start - target * every / targets + every / 2, every));
    }
}
