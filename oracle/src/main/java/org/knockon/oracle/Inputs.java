package org.knockon.oracle;

import java.util.Collection;
import java.util.Map;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;

/**
 * The input of the oracle. The collections are not copied, because a full book is large.
 *
 * @param systems the final catalogue by systemId
 * @param services the final catalogue by serviceId
 * @param observations all observations in the acceptance window, in any order; repeats are allowed
 * @param versions all valid versions of all appointments, in any order; repeats are allowed
 * @param nowFloor the wall clock of a live run, epoch milliseconds; null in a replay
 */
public record Inputs(
        Map<String, MonitoredSystem> systems,
        Map<String, CareService> services,
        Collection<Observation> observations,
        Collection<AppointmentVersion> versions,
        Long nowFloor) {

    /** Input of a replay, in which only observations advance the clock. */
    public Inputs(
            Map<String, MonitoredSystem> systems,
            Map<String, CareService> services,
            Collection<Observation> observations,
            Collection<AppointmentVersion> versions) {
        this(systems, services, observations, versions, null);
    }
}
