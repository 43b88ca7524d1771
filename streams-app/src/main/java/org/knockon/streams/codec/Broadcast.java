package org.knockon.streams.codec;

import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;

/** What every partition is told: the small side of the join. */
public sealed interface Broadcast {

    /** A change to the systems or the care services. */
    sealed interface OfCatalogue extends Broadcast {}

    record SystemPut(MonitoredSystem system) implements OfCatalogue {}

    record SystemRemoved(String systemId) implements OfCatalogue {}

    record ServicePut(CareService service) implements OfCatalogue {}

    record ServiceRemoved(String serviceId) implements OfCatalogue {}

    /**
     * @param origin partition whose detector found it, and which therefore publishes it
     * @param now the clock as it stood then; never before the outage's start or end
     */
    record OutagePut(Outage outage, int origin, long now) implements Broadcast {}

    /** The outage with this start never was, or has outlived retention. */
    record OutageRemoved(String systemId, long startedAt, int origin, long now) implements Broadcast {}

    /** The clock stands at least here. */
    record Tick(long now) implements Broadcast {}
}
