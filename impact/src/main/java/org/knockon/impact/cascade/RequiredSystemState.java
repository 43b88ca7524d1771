package org.knockon.impact.cascade;

import java.util.List;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.interval.Intervals;

/** State of a required system that all services requiring it share. */
final class RequiredSystemState {

    /** Outages of the system and of all its dependencies, direct or not, by start, then id. */
    List<CausedOutage> outages = List.of();

    Intervals unavailable = Intervals.NONE;

    /** Both are up to date for outages that start before this instant; {@link Long#MAX_VALUE} if for all. */
    long staleSince = Long.MIN_VALUE;
}
