package org.knockon.streams.codec;

import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;

/** A message to every partition: the small side of the join. */
public sealed interface Broadcast {

    /** A change to the systems or the care services. */
    sealed interface OfCatalogue extends Broadcast {}

    record SystemPut(MonitoredSystem system) implements OfCatalogue {}

    record SystemRemoved(String systemId) implements OfCatalogue {}

    record ServicePut(CareService service) implements OfCatalogue {}

    record ServiceRemoved(String serviceId) implements OfCatalogue {}

    /**
     * @param origin partition whose detector found the outage, and which publishes it
     * @param now event time of the detector; never before the outage's start or end
     */
    record OutagePut(Outage outage, int origin, long now) implements Broadcast {}

    /** Retracts the outage with this start: it was wrong, or retention has ended. */
    record OutageRemoved(String systemId, long startedAt, int origin, long now) implements Broadcast {}

    /** Event time has reached {@code now}. */
    record Tick(long now) implements Broadcast {}
}
