package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.CareService;

/** A care service of the catalogue with what was last derived for it. */
final class ServiceNode {

    final String id;
    /** Position of this service in every bit set of services. */
    final int number;

    CareService service;
    /** In the order of the service's requirements. */
    final List<SystemNode> requires = new ArrayList<>(2);

    /** Null before it was first asked for. */
    ServiceAvailability known;
    /** {@code known} holds for every outage that starts before this instant; {@link Long#MAX_VALUE} when for all. */
    long staleSince = Long.MIN_VALUE;

    /** Span of what changed and has not been reported; empty when {@code from > to}. */
    long from = Long.MAX_VALUE;

    long to = Long.MIN_VALUE;
    boolean unsettled;

    ServiceNode(String id, int number) {
        this.id = id;
        this.number = number;
    }
}
