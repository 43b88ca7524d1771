package org.knockon.oracle;

import static org.knockon.impact.model.Dimension.CAPABILITY;
import static org.knockon.impact.model.Dimension.CATEGORY;
import static org.knockon.impact.model.Dimension.ORGANISATION;
import static org.knockon.impact.model.Dimension.OUTAGE;
import static org.knockon.impact.model.Dimension.PRIORITY;
import static org.knockon.impact.model.Dimension.SERVICE;
import static org.knockon.impact.model.Dimension.SERVICE_HOUR;
import static org.knockon.impact.model.Dimension.SITE;
import static org.knockon.impact.model.Dimension.SITE_CATEGORY;
import static org.knockon.impact.model.Dimension.SLOT_DAY_CATEGORY;
import static org.knockon.impact.model.Dimension.SLOT_HOUR;
import static org.knockon.impact.model.Dimension.SPECIALTY;
import static org.knockon.impact.model.Dimension.SYSTEM;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;

/** Counts each appointment once in each of its cells (21). */
final class CellCounter {

    private static final DateTimeFormatter HOUR_WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHxxx");
    private static final long QUARTER_OF_AN_HOUR = Duration.ofMinutes(15).toMillis();

    private final Map<String, CareService> services;
    private final Map<String, PublishedOutage> published;
    private final ZoneId zone;
    private final SortedMap<String, ImpactCounts> byKey = new TreeMap<>();

    CellCounter(Map<String, CareService> services, Map<String, PublishedOutage> published, ZoneId zone) {
        this.services = services;
        this.published = published;
        this.zone = zone;
    }

    void add(Impact impact) {
        ImpactCounts one = one(impact);
        for (Cell cell : cells(impact)) {
            byKey.merge(cell.key(), one, ImpactCounts::plus);
        }
    }

    SortedMap<String, ImpactCounts> byKey() {
        return byKey;
    }

    private Set<Cell> cells(Impact impact) {
        String category = impact.category().name();
        // Design, section 4: the first postponed slot, or else the slot of the newest version.
        long slot = impact.firstPostponedSlot() != null ? impact.firstPostponedSlot() : impact.slotStart();
        long quarterStart = slot - Math.floorMod(slot, QUARTER_OF_AN_HOUR);
        ZonedDateTime local = Instant.ofEpochMilli(quarterStart).atZone(zone);

        Set<Cell> cells = new LinkedHashSet<>();
        cells.add(Cell.ALL);
        cells.add(new Cell(ORGANISATION, impact.organisation()));
        cells.add(new Cell(SITE, impact.site()));
        cells.add(new Cell(SERVICE, impact.serviceId()));
        cells.add(new Cell(SPECIALTY, services.get(impact.serviceId()).specialty()));
        cells.add(new Cell(CATEGORY, category));
        cells.add(new Cell(PRIORITY, impact.priority().name()));
        cells.add(new Cell(SITE_CATEGORY, impact.site() + "/" + category));
        cells.add(new Cell(SLOT_HOUR, HOUR_WITH_OFFSET.format(local)));
        cells.add(new Cell(SLOT_DAY_CATEGORY, local.toLocalDate() + "/" + category));
        cells.add(new Cell(SERVICE_HOUR, impact.serviceId() + "/" + HOUR_WITH_OFFSET.format(local)));
        for (String rootCause : impact.rootCauses()) {
            cells.add(new Cell(SYSTEM, published.get(rootCause).outage().systemId()));
        }
        for (String outageId : impact.outageIds()) {
            cells.add(new Cell(OUTAGE, outageId));
        }
        impact.capabilities().forEach(capability -> cells.add(new Cell(CAPABILITY, capability.name())));
        return cells;
    }

    private static ImpactCounts one(Impact impact) {
        long delay = impact.delayMinutes() == null ? 0 : impact.delayMinutes();
        return switch (impact.state()) {
            case AT_RISK -> new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0);
            case UNCONFIRMED -> new ImpactCounts(0, 1, 0, 0, 0, 0, 0, 0);
            case DELIVERED_IN_DOWNTIME -> new ImpactCounts(0, 0, 1, 0, 0, 0, 0, 0);
            case AWAITING_DATE -> new ImpactCounts(0, 0, 0, 1, 0, 0, 0, 0);
            case REBOOKED -> new ImpactCounts(0, 0, 0, 0, 1, 0, 0, delay);
            case RECOVERED -> new ImpactCounts(0, 0, 0, 0, 0, 1, 0, delay);
            case ABANDONED -> new ImpactCounts(0, 0, 0, 0, 0, 0, 1, 0);
            case NONE, UNKNOWN -> ImpactCounts.ZERO;
        };
    }
}
