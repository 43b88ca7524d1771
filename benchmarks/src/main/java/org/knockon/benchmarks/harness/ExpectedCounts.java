package org.knockon.benchmarks.harness;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;

import java.time.Duration;
import java.util.Map;

/**
 * What the counts must come to, exactly: of all cells, and of the services summed up.
 *
 * @param atRisk booked appointments of services that are down
 * @param delivered attended ones
 */
public record ExpectedCounts(long atRisk, long delivered) {

    public static final ExpectedCounts NOTHING = new ExpectedCounts(0, 0);

    /** Whether it stands so on the topic. */
    public boolean meets(CountsReader counts) {
        Map<Cell, ImpactCounts> all = counts.all();
        ImpactCounts total = all.getOrDefault(Cell.ALL, ImpactCounts.ZERO);
        if (total.atRisk() != atRisk || total.deliveredInDowntime() != delivered) {
            return false;
        }
        long services = 0;
        for (Map.Entry<Cell, ImpactCounts> cell : all.entrySet()) {
            if (cell.getKey().dimension() == Dimension.SERVICE) {
                services += cell.getValue().atRisk() + cell.getValue().deliveredInDowntime();
            }
        }
        return services == atRisk + delivered;
    }

    /**
     * Returns once a reader of committed records sees it.
     *
     * @throws IllegalStateException when it does not come to that in time: the run does not count
     */
    public void await(CountsReader counts, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!meets(counts)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the counts are wrong, so this run does not count: expected " + this
                        + ", but there is " + counts.all().get(Cell.ALL));
            }
        }
    }
}
