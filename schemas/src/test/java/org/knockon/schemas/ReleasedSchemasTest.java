package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Released schemas never change. docs/schemas.md describes how to release a new version. */
class ReleasedSchemasTest {

    private static final Path RELEASED = Path.of("released");
    private static final Path PROPOSED = Path.of("target", "proposed");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Topic<?>> topics() {
        return SchemaTest.topics();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void readsAndIsReadByEveryReleasedVersion(Topic<?> topic) throws IOException {
        Schema current = SchemaTest.schema(topic);
        for (Path file : versions(topic)) {
            Schema released = new Schema.Parser().parse(file.toFile());
            assertCanRead(current, released, file + " written, the current schema read");
            assertCanRead(released, current, "the current schema written, " + file + " read");
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void equalsTheNewestReleasedVersion(Topic<?> topic) throws IOException {
        List<Path> versions = versions(topic);
        String current = text(SchemaTest.schema(topic));
        String newest = versions.isEmpty() ? "" : Files.readString(versions.get(versions.size() - 1));
        if (current.equals(newest)) {
            return;
        }
        Path proposed = Path.of(topic.shortName(), "v" + (versions.size() + 1) + ".avsc");
        Files.createDirectories(PROPOSED.resolve(proposed).getParent());
        Files.writeString(PROPOSED.resolve(proposed), current);
        assertThat(current)
                .as(
                        "The schema of %s differs from its newest released version. If the change is intended: cp schemas/%s"
                                + " schemas/%s",
                        topic.shortName(), PROPOSED.resolve(proposed), RELEASED.resolve(proposed))
                .isEqualTo(newest);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void numbersVersionsWithoutGaps(Topic<?> topic) throws IOException {
        assertThat(fileNames(RELEASED.resolve(topic.shortName())))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, versions(topic).size())
                                .mapToObj(version -> "v" + version + ".avsc")
                                .toList());
    }

    @Test
    void keepsTheSchemasOfAllTopicsAndNoOthers() throws IOException {
        assertThat(fileNames(RELEASED))
                .containsExactlyInAnyOrderElementsOf(
                        topics().stream().map(Topic::shortName).toList());
    }

    private static void assertCanRead(Schema reader, Schema writer, String what) {
        SchemaCompatibility.SchemaPairCompatibility result =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType())
                .as(
                        "%s: %s",
                        what,
                        result.getResult().getIncompatibilities().stream()
                                .map(found ->
                                        found.getType() + " at " + found.getLocation() + ": " + found.getMessage())
                                .toList())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static String text(Schema schema) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(schema.toString())) + "\n";
    }

    private static List<Path> versions(Topic<?> topic) {
        return IntStream.iterate(1, version -> version + 1)
                .mapToObj(version -> RELEASED.resolve(topic.shortName()).resolve("v" + version + ".avsc"))
                .takeWhile(Files::exists)
                .toList();
    }

    private static List<String> fileNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
