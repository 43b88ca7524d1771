package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.CareService;

/** A care service of the catalogue with its derived availability. */
final class ServiceNode {

    final String id;
    /** Position of this service in every bit set of services. */
    final int number;

    CareService service;
    /** In the order of the service's requirements. */
    final List<SystemNode> requires = new ArrayList<>(2);

    /** Null until it is first asked for. */
    ServiceAvailability known;
    /** {@code known} is up to date for outages that start before this instant; {@link Long#MAX_VALUE} if for all. */
    long staleSince = Long.MIN_VALUE;

    /** Range of changes that are not reported yet; empty if {@code from > to}. */
    long from = Long.MAX_VALUE;

    long to = Long.MIN_VALUE;
    boolean unsettled;

    ServiceNode(String id, int number) {
        this.id = id;
        this.number = number;
    }
}
