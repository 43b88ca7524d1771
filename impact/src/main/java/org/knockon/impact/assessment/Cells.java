package org.knockon.impact.assessment;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.OutageId;
import org.knockon.impact.model.ServiceHour;
import org.knockon.impact.model.SlotHour;

/** Which cells an impact counts in. */
public final class Cells {

    private final ZoneId zone;

    /** @param zone time zone of SLOT_HOUR, SERVICE_HOUR and SLOT_DAY_CATEGORY */
    public Cells(ZoneId zone) {
        this.zone = zone;
    }

    /** Adds a change to each cell of a group. */
    public void spread(CellGroup group, ImpactCounts change, Map<Cell, ImpactCounts> changes) {
        if (!change.equals(ImpactCounts.ZERO)) {
            of(group).forEach(cell -> changes.merge(cell, change, ImpactCounts::plus));
        }
    }

    /** The cells of a group, each once. */
    public Set<Cell> of(CellGroup group) {
        Set<Cell> cells = new LinkedHashSet<>();
        String category = group.category().name();
        cells.add(Cell.ALL);
        cells.add(new Cell(Dimension.ORGANISATION, group.organisation()));
        cells.add(new Cell(Dimension.SITE, group.site()));
        cells.add(new Cell(Dimension.SERVICE, group.serviceId()));
        cells.add(new Cell(Dimension.SPECIALTY, group.specialty()));
        cells.add(new Cell(Dimension.CATEGORY, category));
        cells.add(new Cell(Dimension.PRIORITY, group.priority().name()));
        cells.add(new Cell(Dimension.SITE_CATEGORY, group.site() + "/" + category));
        SlotHour hour = SlotHour.of(group.quarterHour() * CellGroup.QUARTER_HOUR, zone);
        cells.add(new Cell(Dimension.SLOT_HOUR, hour.toString()));
        cells.add(new Cell(Dimension.SLOT_DAY_CATEGORY, hour.day() + "/" + category));
        cells.add(new Cell(Dimension.SERVICE_HOUR, new ServiceHour(group.serviceId(), hour).toString()));
        for (String rootCause : group.rootCauses()) {
            cells.add(new Cell(Dimension.SYSTEM, OutageId.systemIdOf(rootCause)));
        }
        for (String outageId : group.outageIds()) {
            cells.add(new Cell(Dimension.OUTAGE, outageId));
        }
        for (Capability capability : group.capabilities()) {
            cells.add(new Cell(Dimension.CAPABILITY, capability.name()));
        }
        return cells;
    }
}
