package org.knockon.producers.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.yaml.Problem;

/** Local times of nights in which the clock changes, and files in the encodings that other programs write. */
class ScenarioTimesTest {

    @TempDir
    private Path folder;

    @Test
    void aTimeThatOccursTwiceNeedsItsOffset() throws IOException {
        assertThat(problems("autumn.yaml", yaml("autumn.yaml")))
                .extracting(Problem::toString)
                .containsExactly(
                        "autumn.yaml:47:10: 'failures[2].at' is '2022-10-30T01:30', which occurs twice in"
                                + " Europe/London: the clock goes back from 2022-10-30T02:00 to 2022-10-30T01:00;"
                                + " write 2022-10-30T01:30+01:00 or 2022-10-30T01:30+00:00",
                        "autumn.yaml:47:55: 'failures[2].until' is '2022-10-30T01:45', which occurs twice in"
                                + " Europe/London: the clock goes back from 2022-10-30T02:00 to 2022-10-30T01:00;"
                                + " write 2022-10-30T01:45+01:00 or 2022-10-30T01:45+00:00");
    }

    @Test
    void aTimeThatTheClockSkipsIsRefused() throws IOException {
        assertThat(problems("spring.yaml", yaml("spring.yaml")))
                .extracting(Problem::toString)
                .containsExactly(
                        "spring.yaml:47:10: 'failures[2].at' is '2022-03-27T01:30', which does not exist in"
                                + " Europe/London: the clock goes forward from 2022-03-27T01:00 to 2022-03-27T02:00;"
                                + " write 2022-03-27T02:30",
                        "spring.yaml:47:55: 'failures[2].until' is '2022-03-27T01:45', which does not exist in"
                                + " Europe/London: the clock goes forward from 2022-03-27T01:00 to 2022-03-27T02:00;"
                                + " write 2022-03-27T02:45");
    }

    @Test
    void anOffsetChoosesOneOfTheTwo() throws IOException {
        String text = yaml("autumn.yaml")
                .replace("{at: 2022-10-30T01:30,", "{at: 2022-10-30T01:30+01:00,")
                .replace("until: 2022-10-30T01:45", "until: 2022-10-30 01:45+00:00");

        Failure failure = ScenarioParser.parse("autumn", "autumn.yaml", text).failures().stream()
                .filter(each -> each.systems().equals(List.of("lab")))
                .findFirst()
                .orElseThrow();

        assertThat(Instant.ofEpochMilli(failure.at())).isEqualTo("2022-10-30T00:30:00Z");
        assertThat(Instant.ofEpochMilli(failure.until())).isEqualTo("2022-10-30T01:45:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "phases, '{from: 2022-10-30T00:50,', '{from: 2022-10-30T01:10,', reaction.phases[0].from",
        "phases, 'to: 2022-10-30T03:00,', 'to: 2022-10-30T01:59,', reaction.phases[0].to",
        "rebooking, 'from: 2022-10-30T12:00', 'from: 2022-10-30T01:00', reaction.rebooking.from",
    })
    void everyTimeOfTheFormatIsChecked(String part, String right, String wrong, String path) throws IOException {
        String text = yaml("autumn.yaml").replaceAll("(?m)^.*maintenance: .*$", "");
        assertThat(text).contains(right);

        assertThat(problems("autumn.yaml", text.replace(right, wrong)))
                .as(part)
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("'" + path + "' is '2022-10-30T01:")
                .contains("occurs twice");
    }

    @Test
    void anOffsetThatTheZoneDoesNotHaveIsRefused() throws IOException {
        String text = yaml("autumn.yaml")
                .replaceAll("(?m)^.*maintenance: .*$", "")
                .replace("{at: 2022-10-30T00:50,", "{at: 2022-10-30T00:50Z,");

        assertThat(problems("autumn.yaml", text))
                .extracting(problem -> problem.message() + "; " + problem.suggestion())
                .containsExactly(
                        "'failures[0].at' is '2022-10-30T00:50Z', but Europe/London does not have this offset at that"
                                + " time; write 2022-10-30T00:50+01:00");
    }

    @Test
    void slotsOfANightInWhichTheClockChangesAreOnTheRightDay() throws IOException {
        ZoneId london = ZoneId.of("Europe/London");
        for (String name : List.of("autumn.yaml", "spring.yaml")) {
            String text = yaml(name).replaceAll("(?m)^.*maintenance: .*$", "");
            Scenario scenario = ScenarioParser.parse("night", name, text);
            List<Integer> hours = ScenarioEvents.of(scenario).stream()
                    .filter(event -> event.value() instanceof AppointmentVersion)
                    .map(event -> (AppointmentVersion) event.value())
                    .filter(version -> version.sequence() == 1)
                    .map(version -> Instant.ofEpochMilli(version.slotStart()).atZone(london))
                    .peek(slot -> assertThat(slot.toLocalDate())
                            .as(name + " " + slot)
                            .isBetween(scenario.firstDay(), scenario.lastDay()))
                    .filter(slot -> slot.toLocalDate().equals(scenario.lastDay()))
                    .map(slot -> slot.getHour())
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(hours).as(name).isEqualTo(name.equals("autumn.yaml") ? List.of(0, 1, 2, 3) : List.of(0, 2, 3));
        }
    }

    @Test
    void acceptsAByteOrderMarkAndWindowsLineEndings() throws IOException {
        String text = "\uFEFF"
                + yaml("autumn.yaml").replaceAll("(?m)^.*maintenance: .*$", "").replace("\n", "\r\n");
        Path file = Files.write(folder.resolve("windows.yaml"), text.getBytes(UTF_8));

        assertThat(ScenarioCatalogue.load(file).failures()).hasSize(2);
    }

    @Test
    void reportsTheLineOfBytesThatAreNotUtf8() throws IOException {
        String text = yaml("autumn.yaml").replace("name: Northbrook,", "name: Caf\u00e9,");
        Path latin = Files.write(folder.resolve("latin.yaml"), text.getBytes(ISO_8859_1));
        Path wide = Files.write(folder.resolve("wide.yaml"), text.getBytes(UTF_16));

        assertThatThrownBy(() -> ScenarioCatalogue.load(latin))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("cannot read scenario file " + latin
                        + ": a byte in line 9 is not UTF-8: save the file as UTF-8");
        assertThatThrownBy(() -> ScenarioCatalogue.load(wide))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("cannot read scenario file " + wide
                        + ": it is UTF-16 (in some programs 'Unicode'): save the file as UTF-8");
    }

    private static List<Problem> problems(String name, String text) {
        ScenarioException thrown =
                catchThrowableOfType(ScenarioException.class, () -> ScenarioParser.parse("night", name, text));
        assertThat(thrown).as("the scenario is refused").isNotNull();
        return thrown.problems();
    }

    private static String yaml(String name) throws IOException {
        try (InputStream in = ScenarioTimesTest.class.getResourceAsStream("/scenario-times/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
