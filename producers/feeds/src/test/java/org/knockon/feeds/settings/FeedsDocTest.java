package org.knockon.feeds.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares docs/feeds.md with the keys that the reader accepts: those of {@code complete.yaml}, each of which is tested. */
class FeedsDocTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "feeds.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    /** First cell of a row. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*) \\|");

    private static final Pattern CODE = Pattern.compile("`([A-Za-z0-9]+)`");

    /** Explained in the text around the tables. */
    private static final Set<String> IN_THE_TEXT =
            Set.of("http", "pseudonyms", "feeds", "match", "id", "label", "within", "lag", "covers");

    @TempDir
    private Path temporary;

    @Test
    void theExampleIsValid() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();

        FeedsFile file = FeedsFolder.in(temporary).read(example.group(1));

        assertThat(file.feeds())
                .extracting(FeedSettings::kind)
                .containsExactly(FeedKind.HL7, FeedKind.FHIR, FeedKind.ALERTMANAGER, FeedKind.KUMA, FeedKind.PROBE);
    }

    @Test
    void theTablesHaveEveryKeyAndNoOther() throws IOException {
        Set<String> documented = ROW.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results().map(code -> code.group(1)))
                .filter(key -> !IN_THE_TEXT.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> accepted = FeedsFileProblemsTest.keys();
        accepted.removeAll(IN_THE_TEXT);

        assertThat(documented).isEqualTo(accepted);
    }

    @Test
    void theTextExplainsTheRest() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(IN_THE_TEXT).allSatisfy(key -> assertThat(page).containsPattern("\\b" + key + "\\b"));
        Set<String> kinds = CODE.matcher(page.lines()
                        .filter(line -> line.startsWith("| `kind`"))
                        .findFirst()
                        .orElseThrow())
                .results()
                .map((MatchResult code) -> code.group(1))
                .filter(word -> !word.equals("kind"))
                .collect(Collectors.toSet());
        assertThat(kinds)
                .isEqualTo(Arrays.stream(FeedKind.values()).map(FeedKind::word).collect(Collectors.toSet()));
    }
}
