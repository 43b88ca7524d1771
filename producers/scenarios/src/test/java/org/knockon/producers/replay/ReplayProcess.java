package org.knockon.producers.replay;

import java.util.Map;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;

/** A replay in a separate process, for tests that kill it. Prints its position at every progress report. */
final class ReplayProcess {
    private ReplayProcess() {}

    /** Arguments: bootstrap servers, registry URL, scenario, run, speed. */
    public static void main(String[] args) {
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load(args[2]));
        Map<String, Object> client = Map.of("bootstrap.servers", args[0], "schema.registry.url", args[1]);
        ReplaySettings settings = ReplaySettings.of(args[3], ReplaySpeed.parse(args[4]), client);
        try (Replayer replayer = Replayer.connect(events, settings, p -> System.out.println(p.position()))) {
            replayer.run();
        }
    }
}
