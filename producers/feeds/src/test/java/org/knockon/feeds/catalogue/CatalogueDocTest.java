package org.knockon.feeds.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.csv.CsvColumn;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;

/** Compares docs/integrate-catalogue.md with the reader. */
class CatalogueDocTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "integrate-catalogue.md");
    /** First and second cell of a row. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| ([^|]*) \\|");

    private static final Pattern WORD = Pattern.compile("`([A-Z_]+)`");

    @TempDir
    private Path folder;

    @Test
    void theExamplesAreValid() throws IOException {
        CatalogueFile whole = CatalogueFileReader.read(CatalogueFolder.YAML);
        Path file = Files.writeString(folder.resolve("catalogue.yaml"), block("yaml", 0));
        CatalogueFolder.copy(folder);

        assertThat(CatalogueFileReader.read(file).records().requirements()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve(CatalogueFileReader.REQUIRES)))
                .startsWith(block("csv", 0));
        assertThat(whole.warnings()).isEmpty();
    }

    @Test
    void theProblemsAreThoseOfTheExampleWithTheseMistakes() throws IOException {
        String wrong = CatalogueFolder.replaced(block("yaml", 0), "[network]", "[netwrok]")
                .replace("SCHEDULING", "SCHEDULLING");
        Path file = Files.writeString(folder.resolve("catalogue.yaml"), wrong);

        CatalogueFileException thrown =
                catchThrowableOfType(CatalogueFileException.class, () -> CatalogueFileReader.read(file));

        assertThat(block("text", 0)).isEqualTo("knockon: " + thrown.getMessage().replace(folder + "/", "") + "\n");
    }

    @Test
    void theTablesHaveEveryFieldAndNoOther() throws IOException {
        assertThat(fields("system")).isEqualTo(names(CatalogueColumns.SYSTEMS));
        assertThat(fields("care service")).isEqualTo(names(CatalogueColumns.SERVICES));
        List<String> ofRequirements = names(CatalogueColumns.REQUIRES);
        assertThat(ofRequirements.remove(0)).isEqualTo("serviceId");
        assertThat(fields("requirement")).isEqualTo(ofRequirements);
    }

    @Test
    void theTablesSayWhatIsRequired() throws IOException {
        assertThat(required("system")).isEqualTo(requiredNames(CatalogueColumns.SYSTEMS));
        assertThat(required("care service")).isEqualTo(requiredNames(CatalogueColumns.SERVICES));
        assertThat(required("requirement")).isEqualTo(fields("requirement"));
    }

    @Test
    void theTablesHaveEveryWord() throws IOException {
        assertThat(words("category"))
                .isEqualTo(Arrays.stream(Category.values())
                        .filter(word -> word != Category.UNKNOWN)
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
        assertThat(words("capability"))
                .isEqualTo(Arrays.stream(Capability.values())
                        .filter(word -> word != Capability.UNKNOWN)
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
    }

    private static List<String> fields(String what) throws IOException {
        return ROW.matcher(table(what)).results().map(row -> row.group(1)).collect(Collectors.toList());
    }

    private static List<String> required(String what) throws IOException {
        return ROW.matcher(table(what))
                .results()
                .filter(row -> row.group(2).equals("required"))
                .map(row -> row.group(1))
                .toList();
    }

    private static List<String> names(List<CsvColumn> columns) {
        return columns.stream().map(CsvColumn::name).collect(Collectors.toList());
    }

    private static List<String> requiredNames(List<CsvColumn> columns) {
        return columns.stream().filter(CsvColumn::required).map(CsvColumn::name).toList();
    }

    private static Set<String> words(String field) throws IOException {
        String row = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `" + field + "`"))
                .findFirst()
                .orElseThrow();
        return WORD.matcher(row).results().map(word -> word.group(1)).collect(Collectors.toSet());
    }

    private static String table(String what) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("| field of a " + what + " |");
        assertThat(start).as("the table of fields of a %s", what).isPositive();
        return page.substring(start, page.indexOf("\n\n", start));
    }

    private static String block(String language, int index) throws IOException {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        List<MatchResult> found = blocks.results().toList();
        assertThat(found).hasSizeGreaterThan(index);
        return found.get(index).group(1);
    }
}
