package org.knockon.impact.assessment;

import java.util.List;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;

/**
 * All that decides which cells an impact counts in: impacts of one group are counted together, for an outage makes many that are
 * alike.
 *
 * @param quarterHour quarters of an hour since the epoch. Since 2000 all offsets are whole quarters, and clocks change at whole quarters
 *     but for a few zones that changed at 00:01: there the first minute decides for its quarter, by rule 21
 */
public record CellGroup(
        String serviceId,
        String organisation,
        String site,
        String specialty,
        Category category,
        Priority priority,
        long quarterHour,
        List<String> outageIds,
        List<String> rootCauses,
        List<Capability> capabilities) {

    static final long QUARTER_HOUR = 15 * 60 * 1000L;

    /**
     * @param slot epoch milliseconds
     * @return the first later slot that may count in other cells
     */
    public static long alikeUntil(long slot) {
        return (Math.floorDiv(slot, QUARTER_HOUR) + 1) * QUARTER_HOUR;
    }

    /**
     * @param specialty treatment function code of the impact's service
     * @return null for NONE, which counts nowhere
     */
    public static CellGroup of(Impact impact, String specialty) {
        if (impact.state() == ImpactState.NONE) {
            return null;
        }
        long slot = impact.firstPostponedSlot() == null ? impact.slotStart() : impact.firstPostponedSlot();
        return new CellGroup(
                impact.serviceId(),
                impact.organisation(),
                impact.site(),
                specialty,
                impact.category(),
                impact.priority(),
                Math.floorDiv(slot, QUARTER_HOUR),
                impact.outageIds(),
                impact.rootCauses(),
                impact.capabilities());
    }
}
