package org.knockon.producers.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioParser;

/** Loads the demo scenario with parts of its text replaced. */
final class DemoScenario {
    private DemoScenario() {}

    static Scenario with(String... replacements) {
        try (var in = DemoScenario.class.getResourceAsStream("/scenarios/pas-outage-demo.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i < replacements.length; i += 2) {
                if (!text.contains(replacements[i])) {
                    throw new IllegalArgumentException("the demo does not contain '" + replacements[i] + "'");
                }
                text = text.replace(replacements[i], replacements[i + 1]);
            }
            return ScenarioParser.parse("demo", "demo.yaml", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
