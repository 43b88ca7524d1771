package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.scenario.Dependents;
import org.knockon.producers.scenario.Failure;
import org.knockon.producers.scenario.Scenario;

/** Turns the failure script into the timeline of every system. */
final class SystemTimelines {
    private final Scenario scenario;
    private final Map<String, List<SystemTimeline.Change>> changes = new LinkedHashMap<>();

    private SystemTimelines(Scenario scenario) {
        this.scenario = scenario;
        scenario.systems().forEach(system -> changes.put(system.id(), new ArrayList<>()));
    }

    /** Timelines by systemId, in the order of the scenario. */
    static Map<String, SystemTimeline> of(Scenario scenario) {
        SystemTimelines script = new SystemTimelines(scenario);
        for (int line = 0; line < scenario.failures().size(); line++) {
            script.apply(line, scenario.failures().get(line));
        }
        Map<String, SystemTimeline> timelines = new LinkedHashMap<>();
        script.changes.forEach((id, list) -> {
            list.sort(Comparator.comparingLong(SystemTimeline.Change::at));
            timelines.put(id, new SystemTimeline(list));
        });
        return timelines;
    }

    private void apply(int line, Failure failure) {
        for (String id : failure.systems()) {
            change(id, failure.at() + delay(line, id, failure.over()), failure, failure.note());
        }
        if (failure.cascade() > 0) {
            for (String id : Dependents.of(failure.systems(), scenario.systems())) {
                change(id, failure.at() + Millis.SECOND + delay(line, id, failure.cascade()), failure, null);
            }
        }
    }

    private void change(String id, long at, Failure failure, String note) {
        changes.get(id).add(new SystemTimeline.Change(at, failure.status(), note));
        if (failure.until() > 0) {
            changes.get(id).add(new SystemTimeline.Change(failure.until(), SystemStatus.UP, null));
        }
    }

    /** A random delay in whole seconds, so that the script's own times stay recognisable. */
    private long delay(int line, String id, long within) {
        return within == 0
                ? 0
                : SeededRandom.of(scenario.seed(), id, line, 0).between(0, within) / Millis.SECOND * Millis.SECOND;
    }
}
