package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.impact.model.AppointmentVersion;

/** Each row of the mapping has a message and exactly what it becomes, written by hand. */
class FixturesTest {

    /** Planted in nearly every message. */
    static final List<String> OF_THE_PATIENT =
            List.of("Quibblethorpe", "Araminta", "9000000009", "900 000 0009", "55501", "Garrulous");

    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| ([a-z0-9.-]+) \\|");

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void becomesWhatTheMappingSays(Fixture fixture) {
        Hl7Message message = fixture.feed().reader().read(fixture.message());
        MappedMessage mapped = map(fixture, message).message();

        JsonNode expected = fixture.expected();
        assertThat(mapped.outcome().text()).isEqualTo(expected.get("outcome").asText());
        assertThat(mapped.refusal().map(refusal -> refusal.reason().text())).isEqualTo(text(expected, "reason"));
        assertThat(mapped.refusal().map(refusal -> refusal.where())).isEqualTo(text(expected, "where"));
        List<AppointmentVersion> versions =
                expected.has("appointment") ? List.of(Fixture.version(expected.get("appointment"))) : List.of();
        assertThat(mapped.appointments().stream().map(FixturesTest::inFull))
                .containsExactlyElementsOf(
                        versions.stream().map(FixturesTest::inFull).toList());
        assertThat(mapped.observations()).isEmpty();
        if (mapped.outcome() != Outcome.REFUSED) {
            assertThat(mapped.flags().stream().map(Flag::text).collect(Collectors.toSet()))
                    .isEqualTo(fixture.expectedFlags());
        }
        assertThat(mapped.unmapped()).isEqualTo(Fixture.texts(expected.path("unmapped")));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void getsTheAnswerThatTheMappingSays(Fixture fixture) {
        String answer = answer(fixture);

        List<String> segments = List.of(answer.split("\r"));
        char separator = segments.get(1).charAt(3);
        assertThat(segments.get(1))
                .startsWith("MSA" + separator + fixture.expected().get("answer").asText() + separator);
        if (fixture.expected().has("error")) {
            assertThat(segments).hasSize(3);
            assertThat(segments.get(2))
                    .isEqualTo(fixture.expected().get("error").asText());
        }
        if (fixture.expected().has("answerText")) {
            assertThat(answer).isEqualTo(fixture.expected().get("answerText").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void nothingOfThePatientLeavesTheMap(Fixture fixture) {
        Hl7Message message = fixture.feed().reader().read(fixture.message());
        Hl7Mapping mapping = map(fixture, message);
        String all = mapping.message().appointments().stream()
                        .map(FixturesTest::inFull)
                        .toList()
                + mapping.unmappedHashes().toString()
                + mapping.message().unmapped()
                + mapping.message().refusal()
                + mapping
                + message
                + answer(fixture);

        assertThat(all).doesNotContain(OF_THE_PATIENT);
    }

    @Test
    void theListOfRowsIsComplete() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(Fixture.FOLDER.resolve("ROWS.md"))) {
            ROW.matcher(line)
                    .results()
                    .filter(row -> !row.group(2).equals("fixture"))
                    .forEach(row -> {
                        assertThat(listed.add(row.group(2) + " = " + row.group(1)))
                                .isTrue();
                    });
        }
        Set<String> there = fixtures().stream()
                .map(fixture ->
                        fixture.name() + " = " + fixture.given().get("row").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(there).hasSizeGreaterThan(60);
        assertThat(listed).isEqualTo(there);
    }

    private static Hl7Mapping map(Fixture fixture, Hl7Message message) {
        return fixture.feed()
                .mapper()
                .map(
                        message,
                        fixture.remembered(),
                        (id, digest) -> fixture.cameBefore() && digest.equals(message.digest()),
                        fixture.receipt());
    }

    private static String answer(Fixture fixture) {
        Hl7Message message = fixture.feed().reader().read(fixture.message());
        byte[] answer = Acknowledgement.of(
                message,
                map(fixture, message).message(),
                fixture.feed().onRefusal,
                "K1",
                Instant.ofEpochMilli(fixture.receipt()));
        return new String(answer, StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
    }

    /** All fields; the record's own text leaves out the content. */
    static String inFull(AppointmentVersion version) {
        return Stream.of(
                        version.appointmentId(),
                        version.sequence(),
                        version.status(),
                        version.changeReason(),
                        version.serviceId(),
                        Instant.ofEpochMilli(version.slotStart()),
                        Instant.ofEpochMilli(version.slotEnd()),
                        version.priority(),
                        version.patientRef(),
                        version.replaces(),
                        Instant.ofEpochMilli(version.updatedAt()),
                        version.dueIn() == null ? "" : Instant.ofEpochMilli(version.dueIn()))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
