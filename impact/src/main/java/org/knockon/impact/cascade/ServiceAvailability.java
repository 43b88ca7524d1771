package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;

/**
 * When one care service lacked systems that it needs.
 *
 * @param lost R: at least one required system was unavailable
 * @param undeliverable U: at least one was, for longer than the service tolerates
 * @param requirements each with its own unavailability
 * @param outages outages of the required systems and of all their dependencies, by start, then id
 */
public record ServiceAvailability(
        CareService service,
        Intervals lost,
        Intervals undeliverable,
        List<RequiredSystem> requirements,
        List<CausedOutage> outages) {

    /** @param unavailable union of the outages of the required system and of all its dependencies */
    public record RequiredSystem(Requirement requirement, Intervals unavailable) {}

    /** @param rootCauses sorted outageIds */
    public record CausedOutage(Outage outage, String outageId, List<String> rootCauses) {}

    /** The same for a service that differs only in its names. */
    ServiceAvailability of(CareService renamed) {
        return new ServiceAvailability(renamed, lost, undeliverable, requirements, outages);
    }

    /** The outages at the instant. All of them start in the interval of {@code lost} that contains it. */
    public List<CausedOutage> outagesAt(long instant) {
        int interval = lost.indexOf(instant);
        if (interval < 0) {
            return List.of();
        }
        List<CausedOutage> found = new ArrayList<>();
        for (int i = firstFrom(lost.start(interval)); i < outages.size(); i++) {
            Outage outage = outages.get(i).outage();
            if (outage.startedAt() > instant) {
                break;
            }
            if (outage.holdsAt(instant)) {
                found.add(outages.get(i));
            }
        }
        return found;
    }

    private int firstFrom(long start) {
        int low = 0;
        int high = outages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (outages.get(middle).outage().startedAt() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
