package org.knockon.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.scenario.ScenarioParser;
import org.knockon.schemas.Topics;

/** docs/scenarios.md agrees with the scenarios. */
class ScenariosDocTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "scenarios.md");

    @Test
    void theExampleIsAValidScenarioWithPostponements() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();

        Scenario scenario = ScenarioParser.parse("example", "docs/scenarios.md", example.group(1));
        ScenarioEvents events = ScenarioEvents.of(scenario);

        assertThat(events.counts().get(Topics.SYSTEM_HEALTH)).isGreaterThan(300);
        assertThat(events.versions().filter(v -> v.changeReason() == ChangeReason.IT_OUTAGE))
                .isNotEmpty();
        assertThat(example.find()).as("there is one example").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"july-heatwave-2022", "synnovis-2024", "pas-outage-demo"})
    void theTableGivesTheSizeOfTheScenario(String name) throws IOException {
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load(name));
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `" + name + "`"))
                .findFirst()
                .orElseThrow();

        assertThat(row)
                .contains(events.systems().size() + " systems, "
                        + events.services().size() + " care services, ");
        assertThat(number(row, "([\\d,.]+)( million)? appointments"))
                .isCloseTo(events.appointments(), Percentage.withPercentage(3));
        assertThat(number(row, "([\\d,.]+)( million)? events")).isCloseTo(events.size(), Percentage.withPercentage(3));
    }

    @Test
    void theTableListsEveryScenario() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(ScenarioCatalogue.list())
                .allSatisfy(entry -> assertThat(page).contains("| `" + entry.name() + "` |"));
    }

    private static double number(String row, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(row);
        assertThat(matcher.find()).isTrue();
        double number = Double.parseDouble(matcher.group(1).replace(",", ""));
        return matcher.group(2) == null ? number : number * 1_000_000;
    }
}
