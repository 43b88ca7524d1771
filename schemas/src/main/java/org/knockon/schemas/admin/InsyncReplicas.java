package org.knockon.schemas.admin;

import java.util.Optional;
import java.util.OptionalInt;

/** Rules for {@code min.insync.replicas}: how many replicas of a partition must have a record before it is acknowledged. */
public final class InsyncReplicas {

    private static final int FEWEST_FOR_TWO = 3;

    private InsyncReplicas() {}

    /**
     * The value for a topic if the user gives none: 2 with three replicas or more, so that one broker may fail without
     * losing an acknowledged record and without stopping the writers. With fewer replicas no value has both properties:
     * the broker's own default applies.
     */
    public static OptionalInt byDefault(int replicas) {
        return replicas >= FEWEST_FOR_TWO ? OptionalInt.of(2) : OptionalInt.empty();
    }

    /** Why this value is a risk for a topic with so many replicas; empty if it is none. With one replica there is no choice. */
    public static Optional<String> warning(int replicas, int minInsync) {
        if (replicas <= 1) {
            return Optional.empty();
        }
        if (minInsync <= 1) {
            return Optional.of("min.insync.replicas is 1: records that were acknowledged can be lost with one broker");
        }
        if (minInsync >= replicas) {
            return Optional.of("min.insync.replicas is " + minInsync + ", and there are " + replicas
                    + " replicas: nothing can be written while one broker is down");
        }
        return Optional.empty();
    }
}
