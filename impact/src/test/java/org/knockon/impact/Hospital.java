package org.knockon.impact;

import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;

import java.util.List;
import java.util.Set;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;

/** Catalogue entries and outages with default values for everything that a test does not care about. */
public final class Hospital {

    private Hospital() {}

    public static MonitoredSystem system(String systemId, String... dependsOn) {
        return new MonitoredSystem(
                systemId,
                systemId,
                "RJ1",
                "APPLICATION",
                Set.of(dependsOn),
                new MonitoringPolicy(minutes(5), minutes(10), minutes(20)),
                null);
    }

    /** An outpatient clinic of specialty 340 at site RJ121. */
    public static CareService service(String serviceId, Requirement... requires) {
        return new CareService(serviceId, serviceId, "RJ1", "RJ121", "340", Category.OUTPATIENT, List.of(requires));
    }

    public static Requirement needs(String systemId, Capability capability, long toleranceMinutes) {
        return new Requirement(systemId, capability, minutes(toleranceMinutes));
    }

    public static Outage outage(String systemId, String startedAt, String endedAt) {
        return outage(systemId, at(startedAt), at(endedAt));
    }

    public static Outage openOutage(String systemId, String startedAt) {
        return outage(systemId, at(startedAt), Outage.OPEN);
    }

    private static Outage outage(String systemId, long startedAt, long endedAt) {
        return new Outage(systemId, startedAt, endedAt, false, Evidence.OBSERVED, startedAt + minutes(5));
    }
}
