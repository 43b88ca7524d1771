package org.knockon.impact.cascade;

import java.util.List;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.interval.Intervals;

/** What all services that require one system share. */
final class RequiredSystemState {

    /** Outages of the system and of all it depends on, by start, then id. */
    List<CausedOutage> outages = List.of();

    Intervals unavailable = Intervals.NONE;

    /** Both hold for every outage that starts before this instant; {@link Long#MAX_VALUE} when for all. */
    long staleSince = Long.MIN_VALUE;
}
