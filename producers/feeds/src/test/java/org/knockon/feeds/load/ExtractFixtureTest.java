package org.knockon.feeds.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.fixture.Outcomes;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.fixture.Secrets;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.run.FeedTables;
import org.knockon.feeds.settings.ExtractSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.feeds.settings.PseudonymSettings;

/** Each row of {@code extract.csv} becomes what {@code expected.json} says, by the tables of {@code feeds.yaml}. */
class ExtractFixtureTest {

    private static final Path FOLDER = Path.of("src/test/resources/load");

    @TempDir
    private Path folder;

    @Test
    void eachRowBecomesExactlyWhatTheTableSays() throws Exception {
        JsonNode expected =
                new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
        Map<Long, String> wanted = new TreeMap<>();
        expected.path("rows").forEach(row -> {
            ObjectNode outcome = row.deepCopy();
            outcome.remove("row");
            outcome.remove("line");
            wanted.put(row.path("line").asLong(), row.path("row").asText() + "\n" + outcome.toPrettyString());
        });
        assertThat(wanted).hasSizeGreaterThanOrEqualTo(50);

        Map<Long, String> became = new LinkedHashMap<>();
        rows(expected)
                .forEach((line, outcome) -> became.put(
                        line, wanted.getOrDefault(line, "?").lines().findFirst().orElseThrow() + "\n" + outcome));

        assertThat(became).isEqualTo(wanted);
    }

    private Map<Long, String> rows(JsonNode expected) throws Exception {
        FeedsFile file = feeds();
        ExtractSettings extract = FeedTables.extract(file.feeds().get(0)).orElseThrow();
        ExtractTables tables = FeedTables.extractTables(file.feeds().get(0), extract);
        PseudonymSettings key = file.pseudonyms().orElseThrow();
        LoadMapper mapper = new LoadMapper(tables, OptionalLong.empty(), key.patients(), key.hash());
        Remembered remembered = Remembered.of(expected.path("remembered"));
        long receivedAt = Instant.parse(expected.path("receivedAt").asText()).toEpochMilli();
        Map<Long, String> became = new TreeMap<>();
        try (Reader in = Files.newBufferedReader(FOLDER.resolve("extract.csv"))) {
            ExtractReader rows =
                    new ExtractReader(in, extract.separator(), extract.columns().names());
            for (Optional<ExtractRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                LoadedRow loaded = mapper.map(row.get(), remembered, receivedAt);
                Secrets.assertNoneIn(
                        loaded.toString()
                                + loaded.message().unmapped()
                                + loaded.message().appointments()
                                + row.get(),
                        "line " + row.get().line());
                loaded.message()
                        .appointments()
                        .forEach(version -> remembered.add(new RememberedAppointment(version, "")));
                became.put(row.get().line(), Outcomes.of(loaded.message()).toPrettyString());
                assertThat(loaded.unmappedHashes().isEmpty())
                        .isEqualTo(!became.get(row.get().line()).contains("unmappedName"));
            }
        }
        return became;
    }

    private FeedsFile feeds() throws Exception {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return FeedsFileReader.read(Files.copy(FOLDER.resolve("feeds.yaml"), folder.resolve("feeds.yaml")));
    }
}
