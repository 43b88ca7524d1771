package org.knockon.impact.assessment;

import java.util.List;
import java.util.TreeSet;
import org.knockon.impact.cascade.ServiceAvailability;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CappedList;

/** Collects the outages, root causes and lost capabilities at the moments that made an impact. */
final class Attribution {

    private final TreeSet<String> outageIds = new TreeSet<>();
    private final TreeSet<String> rootCauses = new TreeSet<>();
    private final TreeSet<Capability> capabilities = new TreeSet<>();

    void add(ServiceAvailability availability, long moment) {
        for (ServiceAvailability.CausedOutage caused : availability.outagesAt(moment)) {
            if (outageIds.add(caused.outageId())) {
                rootCauses.addAll(caused.rootCauses());
            }
        }
        for (ServiceAvailability.RequiredSystem required : availability.requirements()) {
            if (required.unavailable().contains(moment)) {
                capabilities.add(required.requirement().capability());
            }
        }
    }

    CappedList outageIds() {
        return CappedList.of(outageIds);
    }

    CappedList rootCauses() {
        return CappedList.of(rootCauses);
    }

    List<Capability> capabilities() {
        return List.copyOf(capabilities);
    }
}
