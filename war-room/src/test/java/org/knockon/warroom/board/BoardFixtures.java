package org.knockon.warroom.board;

import java.util.List;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

/** Records for a board. */
final class BoardFixtures {

    static final long MINUTE = 60_000;

    private BoardFixtures() {}

    /** Seen by monitors, unplanned, confirmed after two minutes. */
    static Outage outage(String system, long from, long to) {
        return new Outage(system, from, to, false, Evidence.OBSERVED, from + 2 * MINUTE);
    }

    static PublishedOutage published(Outage outage, List<String> roots, List<String> affected) {
        return new PublishedOutage(outage, roots, affected, List.of());
    }

    static ImpactCounts postponed(long postponed) {
        return new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0);
    }
}
