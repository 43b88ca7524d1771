package org.knockon.impact.cascade;

import java.util.List;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;

/**
 * When one care service was without what it needs.
 *
 * @param lost R: some required system was unavailable
 * @param undeliverable U: one was, for longer than the service tolerates
 * @param requirements each with its own unavailability
 * @param outages those of the required systems and all beneath them, by start, then id
 */
public record ServiceAvailability(
        CareService service,
        Intervals lost,
        Intervals undeliverable,
        List<RequiredSystem> requirements,
        List<CausedOutage> outages) {

    /** @param unavailable union of the outages of the required system and of all beneath it */
    public record RequiredSystem(Requirement requirement, Intervals unavailable) {}

    /** @param rootCauses sorted outageIds */
    public record CausedOutage(Outage outage, String outageId, List<String> rootCauses) {}
}
