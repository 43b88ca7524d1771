package org.knockon.impact.model;

import java.util.List;

/**
 * What outages did to one appointment. The fields from serviceId to slotStart are those of its newest version. All
 * lists are sorted.
 *
 * @param outageIds outages at the moment that made the impact; capped, see {@link CappedList}
 * @param outagesTotal number of all such outages
 * @param rootCauses outageIds of their root causes; capped
 * @param rootCausesTotal number of all root causes
 * @param firstPostponedSlot slotStart of the first broken episode; null if none is broken
 * @param newSlot start of the new slot; null unless REBOOKED or RECOVERED
 * @param delayMinutes newSlot - firstPostponedSlot; null unless REBOOKED or RECOVERED
 * @param timesPostponed number of broken episodes
 * @param historyTruncated whether the appointment has more versions than are kept; firstPostponedSlot and
 *     timesPostponed then count only kept versions
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
        int outagesTotal,
        List<String> rootCauses,
        int rootCausesTotal,
        List<Capability> capabilities,
        Long firstPostponedSlot,
        Long newSlot,
        Long delayMinutes,
        int timesPostponed,
        boolean historyTruncated) {
    public Impact {
        outageIds = List.copyOf(outageIds);
        rootCauses = List.copyOf(rootCauses);
        capabilities = List.copyOf(capabilities);
    }

    /** An impact with complete lists and a complete history. */
    public Impact(
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
        this(
                state,
                serviceId,
                organisation,
                site,
                category,
                priority,
                slotStart,
                outageIds,
                outageIds.size(),
                rootCauses,
                rootCauses.size(),
                capabilities,
                firstPostponedSlot,
                newSlot,
                delayMinutes,
                timesPostponed,
                false);
    }
}
