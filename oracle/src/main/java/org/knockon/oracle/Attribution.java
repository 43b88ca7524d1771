package org.knockon.oracle;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Outage;

/** The outages that made an impact, their root causes, and the lost capabilities (20). */
final class Attribution {

    private final Cascade cascade;
    private final SortedSet<String> outageIds = new TreeSet<>();
    private final SortedSet<String> rootCauses = new TreeSet<>();
    private final SortedSet<Capability> capabilities = new TreeSet<>();

    Attribution(Cascade cascade) {
        this.cascade = cascade;
    }

    void addOutagesAt(long moment, ServiceAvailability availability) {
        for (Outage outage : availability.outagesAt(moment)) {
            outageIds.add(outage.id());
            cascade.rootCauses(outage).forEach(rootCause -> rootCauses.add(rootCause.id()));
        }
        capabilities.addAll(availability.capabilitiesLostAt(moment));
    }

    /** Adds the outages at its slot if the slot is in R, else at its end. */
    void addBrokenEpisode(Episode episode, ServiceAvailability availability) {
        boolean slotInR = availability.r().contains(episode.slotStart());
        addOutagesAt(slotInR ? episode.slotStart() : episode.endedAt(), availability);
    }

    List<String> outageIds() {
        return List.copyOf(outageIds);
    }

    List<String> rootCauses() {
        return List.copyOf(rootCauses);
    }

    List<Capability> capabilities() {
        return List.copyOf(capabilities);
    }
}
