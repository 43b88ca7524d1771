package org.knockon.benchmarks.harness;

import java.time.Duration;
import java.util.Map;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;

/**
 * The exact counts that must be published: in the cell of all, and as the sum over all services.
 *
 * @param atRisk booked appointments of services that are down
 * @param delivered attended ones
 */
public record ExpectedCounts(long atRisk, long delivered) {

    public static final ExpectedCounts NOTHING = new ExpectedCounts(0, 0);

    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** Whether the published counts are these. */
    public boolean matches(CountsReader counts) {
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
     * Returns once a committed reader sees these counts.
     *
     * @throws IllegalStateException if it does not within half an hour: the run does not count
     */
    public void await(CountsReader counts) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!matches(counts)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the counts are wrong, so this run does not count: expected " + this
                        + ", published " + counts.all().get(Cell.ALL));
            }
        }
    }
}
