package org.knockon.impact.model;

import java.util.List;

/**
 * What outages did to one appointment. Service to slotStart are those of its newest version; all lists are sorted.
 *
 * @param outageIds outages that hold at the moment that made the impact
 * @param rootCauses outageIds of their root causes
 * @param firstPostponedSlot slotStart of the first broken episode; null when none is broken
 * @param newSlot start of the slot that made good for it; null unless REBOOKED or RECOVERED
 * @param delayMinutes newSlot - firstPostponedSlot; null unless REBOOKED or RECOVERED
 * @param timesPostponed number of broken episodes
 */
public record Impact(
        ImpactState state,
        String serviceId,
        String organisation,
        String site,
        Category category,
        Priority priority,
        long slotStart,
        List<String> outageIds,
        List<String> rootCauses,
        List<Capability> capabilities,
        Long firstPostponedSlot,
        Long newSlot,
        Long delayMinutes,
        int timesPostponed) {
    public Impact {
        outageIds = List.copyOf(outageIds);
        rootCauses = List.copyOf(rootCauses);
        capabilities = List.copyOf(capabilities);
    }
}
