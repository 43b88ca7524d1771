package org.knockon.impact.assessment;

import java.time.Duration;
import java.util.List;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;

/**
 * The properties that decide in which cells an impact counts. Impacts of one group are counted together, because an
 * outage makes many similar ones.
 *
 * @param quarterHour quarters of an hour since the epoch. Since 2000 all offsets are whole quarters of an hour, and
 *     clocks change at whole quarters, except in a few zones that changed at 00:01. There the first minute decides for
 *     its quarter (rule 21)
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

    static final long QUARTER_HOUR = Duration.ofMinutes(15).toMillis();

    /**
     * End of the period in which slots count in the same cells as this one.
     *
     * @param slot epoch milliseconds
     */
    public static long alikeUntil(long slot) {
        return (Math.floorDiv(slot, QUARTER_HOUR) + 1) * QUARTER_HOUR;
    }

    /**
     * @param specialty treatment function code of the impact's service
     * @return null for state NONE, which counts in no cell
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
