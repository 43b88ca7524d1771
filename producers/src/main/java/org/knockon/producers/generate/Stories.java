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

/** Plays the failure script: what truly happens to every system. */
final class Stories {
    private static final long SECOND = 1_000L;

    private final Scenario scenario;
    private final Map<String, List<SystemStory.Change>> changes = new LinkedHashMap<>();

    private Stories(Scenario scenario) {
        this.scenario = scenario;
        scenario.systems().forEach(system -> changes.put(system.id(), new ArrayList<>()));
    }

    /** Stories by systemId, in the order of the scenario. */
    static Map<String, SystemStory> of(Scenario scenario) {
        Stories stories = new Stories(scenario);
        for (int line = 0; line < scenario.failures().size(); line++) {
            stories.play(line, scenario.failures().get(line));
        }
        Map<String, SystemStory> told = new LinkedHashMap<>();
        stories.changes.forEach((id, list) -> {
            list.sort(Comparator.comparingLong(SystemStory.Change::at));
            told.put(id, new SystemStory(list));
        });
        return told;
    }

    private void play(int line, Failure failure) {
        for (String id : failure.systems()) {
            change(id, failure.at() + delay(line, id, failure.over()), failure, failure.note());
        }
        if (failure.cascade() > 0) {
            for (String id : Dependents.of(failure.systems(), scenario.systems())) {
                change(id, failure.at() + SECOND + delay(line, id, failure.cascade()), failure, null);
            }
        }
    }

    private void change(String id, long at, Failure failure, String note) {
        changes.get(id).add(new SystemStory.Change(at, failure.status(), note));
        if (failure.until() > 0) {
            changes.get(id).add(new SystemStory.Change(failure.until(), SystemStatus.UP, null));
        }
    }

    /** Whole seconds, so that the script's own times stay recognisable. */
    private long delay(int line, String id, long within) {
        return within == 0 ? 0 : SeededRandom.of(scenario.seed(), id, line, 0).between(0, within) / SECOND * SECOND;
    }
}
