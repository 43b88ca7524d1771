package org.knockon.feeds.probe;

import java.util.HashMap;
import java.util.Map;
import org.knockon.impact.model.Observation;

/**
 * The last look at each target. Several targets may judge one system: the worst of them counts.
 *
 * @param looks by the number of the target in the settings
 */
public record ProbeState(Map<Integer, Taken> looks) {

    public static final ProbeState EMPTY = new ProbeState(Map.of());

    /** A look of another target counts for so many pauses: after that nobody looks there any more. */
    private static final int PAUSES = 3;

    /** @param at beginning of the look, in milliseconds since 1970 */
    public record Taken(Look look, long at) {}

    public ProbeState {
        looks = Map.copyOf(looks);
    }

    public ProbeState with(int target, Look look, long at) {
        Map<Integer, Taken> changed = new HashMap<>(looks);
        changed.put(target, new Taken(look, at));
        return new ProbeState(changed);
    }

    /** The observation that the newest look at a target leads to. Its time is the beginning of the look. */
    public Observation observation(int target, ProbeFeedSettings settings) {
        Taken own = looks.get(target);
        String systemId = settings.targets().get(target).systemId();
        Look worst = own.look();
        for (int other = 0; other < settings.targets().size(); other++) {
            Taken taken = looks.get(other);
            boolean counts = taken != null
                    && settings.targets().get(other).systemId().equals(systemId)
                    && taken.at() > own.at() - PAUSES * settings.every();
            if (counts && taken.look().status().compareTo(worst.status()) > 0) {
                worst = taken.look();
            }
        }
        return new Observation(systemId, worst.status(), own.at(), settings.monitor(), worst.detail());
    }
}
