package org.knockon.impact.cascade;

import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.model.Outage;

/** An outage in the book with what is known of its causes. */
final class KnownOutage {

    final SystemNode node;
    final Outage outage;

    /** Null before the first explanation. */
    CausedOutage caused;
    /** Whether {@code caused} may no longer hold. */
    boolean stale;
    /** Whether the change that is being followed has reached it. */
    boolean marked;
    /** State of the search that is under way; null outside of one. */
    CauseSearch.Visit visit;

    KnownOutage(SystemNode node, Outage outage) {
        this.node = node;
        this.outage = outage;
    }

    boolean explained() {
        return caused != null && !stale;
    }

    String id() {
        return caused == null ? outage.id() : caused.outageId();
    }

    long startedAt() {
        return outage.startedAt();
    }

    long endedAt() {
        return outage.endedAt();
    }
}
