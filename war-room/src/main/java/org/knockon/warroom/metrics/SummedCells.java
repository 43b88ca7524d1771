package org.knockon.warroom.metrics;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;

/**
 * The cells whose counts are metrics: ALL, each SITE and each CATEGORY. Never a service or an outage, whose number has
 * no limit: each value would be a time series of its own.
 */
final class SummedCells {

    private SummedCells() {}

    /** The board has no SITE cells. Those of SITE_CATEGORY are additive, so each site is the sum of its own. */
    static Map<Cell, ImpactCounts> of(Map<Cell, ImpactCounts> held) {
        Map<Cell, ImpactCounts> summed = new TreeMap<>(Comparator.comparing(Cell::key));
        summed.put(Cell.ALL, held.getOrDefault(Cell.ALL, ImpactCounts.ZERO));
        held.forEach((cell, counts) -> {
            if (cell.dimension() == Dimension.CATEGORY) {
                summed.put(cell, counts);
            } else if (cell.dimension() == Dimension.SITE_CATEGORY) {
                summed.merge(new Cell(Dimension.SITE, site(cell)), counts, ImpactCounts::plus);
            }
        });
        return summed;
    }

    /** A site may contain a slash, a category does not. */
    private static String site(Cell siteAndCategory) {
        String value = siteAndCategory.value();
        return value.substring(0, Math.max(0, value.lastIndexOf('/')));
    }
}
