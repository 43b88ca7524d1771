package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.knockon.producers.scenario.ScenarioCatalogue;

class DeterminismTest {

    /**
     * If this fails because you changed the demo or the generator on purpose, pin the new hash. If you changed the
     * generator, also increase {@link ScenarioEvents#GENERATION}, so that a replay started with the old generator is
     * not resumed with other events.
     */
    @Test
    void theDemoGivesTheSameBytesEverywhere() throws Exception {
        assertThat(EventBytes.sha256(ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"))))
                .isEqualTo("3f7783d7b80c0dd25444365433d0276d0bcced7bae0f2109925de3568839b10f");
    }

    @Test
    void doesNotDependOnLocaleOrTimeZoneOfTheMachine() throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        String here = EventBytes.sha256(ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo")));
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
            assertThat(EventBytes.sha256(ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"))))
                    .isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void everyIterationGivesTheSameEvents() throws Exception {
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));

        assertThat(EventBytes.sha256(events)).isEqualTo(EventBytes.sha256(events));
    }

    @Test
    void anotherSeedGivesOtherEvents() throws Exception {
        var demo = ScenarioCatalogue.load("pas-outage-demo");
        var other = DemoScenario.with("seed: 20250312", "seed: 20250313");

        assertThat(EventBytes.sha256(ScenarioEvents.of(other)))
                .isNotEqualTo(EventBytes.sha256(ScenarioEvents.of(demo)));
    }
}
