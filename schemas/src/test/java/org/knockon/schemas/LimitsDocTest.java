package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.limits.Limit;
import org.knockon.schemas.mapping.Mappings;

/** The table of limits in docs/topics.md and the docs of the schema fields agree with {@link InputLimits}. */
class LimitsDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "topics.md");

    @Test
    void documentHasTheWholeTable() throws IOException {
        List<String> expected = new ArrayList<>();
        for (InputLimits<?> limits : InputLimits.all()) {
            Map<String, String> byField = new LinkedHashMap<>();
            limits.fields().forEach(limit -> byField.merge(limit.field(), limit.sentence(), (a, b) -> a + " " + b));
            byField.forEach((field, sentences) ->
                    expected.add("| " + limits.topic().shortName() + " | `" + field + "` | " + sentences + " |"));
        }
        List<String> shown = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> InputLimits.all().stream()
                        .anyMatch(
                                limits -> line.startsWith("| " + limits.topic().shortName() + " |")))
                .toList();

        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void documentStatesTheLimitsOfTheWholeRecord() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains("at most " + InputLimits.LARGEST_VALUE / 1024 + " kB")
                .contains("at most " + InputLimits.LONGEST_ID + " bytes");
    }

    @Test
    void docOfEachFieldStatesItsLimits() {
        for (InputLimits<?> limits : InputLimits.all()) {
            Schema schema = Mappings.of(limits.topic()).schema();
            for (Limit<?> limit : limits.fields()) {
                assertThat(oneLine(field(schema, limit.field()).doc()))
                        .as("%s.%s", schema.getName(), limit.field())
                        .contains(limit.sentence());
            }
        }
    }

    /** Every field of an input topic that can grow needs a limit. */
    @Test
    void limitsEveryTextListAndNumber() {
        for (InputLimits<?> limits : InputLimits.all()) {
            List<String> unlimited = new ArrayList<>();
            collect(Mappings.of(limits.topic()).schema(), "", unlimited);
            limits.fields().forEach(limit -> unlimited.remove(limit.field()));
            assertThat(unlimited).as(limits.topic().shortName()).isEmpty();
        }
    }

    private static void collect(Schema schema, String path, List<String> found) {
        switch (schema.getType()) {
            case RECORD ->
                schema.getFields()
                        .forEach(field -> collect(
                                field.schema(), path.isEmpty() ? field.name() : path + "." + field.name(), found));
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, path, found));
            case ARRAY -> {
                found.add(path);
                collect(schema.getElementType(), path + "[]", found);
            }
            case NULL, ENUM -> {
                // Nothing to limit.
            }
            default -> found.add(path);
        }
    }

    private static Schema.Field field(Schema schema, String path) {
        Schema record = schema;
        Schema.Field field = null;
        for (String name : path.replace("[]", "").split("\\.")) {
            field = record.getField(name);
            record = inner(field.schema());
        }
        return field;
    }

    /** The record within a list or a nullable field. */
    private static Schema inner(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> schema.getElementType();
            case UNION -> schema.getTypes().get(1);
            default -> schema;
        };
    }

    private static String oneLine(String doc) {
        return doc.replaceAll("\\s+", " ");
    }
}
