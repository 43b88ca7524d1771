package org.knockon.impact.cascade;

import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.model.Outage;

/** An indexed outage with its root causes, as far as they are known. */
final class KnownOutage {

    final SystemNode node;
    final Outage outage;

    /** Null until it is explained for the first time. */
    CausedOutage caused;
    /** Whether {@code caused} may be out of date. */
    boolean stale;
    /** Whether the change that is being propagated has reached it. */
    boolean marked;
    /** State in the current search; null outside a search. */
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
