package org.knockon.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.run.FirstLoad;
import org.knockon.feeds.run.LoadReport;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.server.tls.SelfSignedCertificate;

/** Compares docs/integrate.md with the code. */
class IntegrateDocTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "integrate.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z-]+)` \\|");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final Pattern EXTRACT = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theTablesHaveEveryOutcomeReasonAndFlag() throws IOException {
        assertThat(words("### Outcomes"))
                .containsExactlyElementsOf(
                        Arrays.stream(Outcome.values()).map(Outcome::text).toList());
        assertThat(words("### Reasons of a refusal"))
                .containsExactlyElementsOf(Arrays.stream(RefusalReason.values())
                        .map(RefusalReason::text)
                        .toList());
        assertThat(words("### Flags"))
                .containsExactlyElementsOf(
                        Arrays.stream(Flag.values()).map(Flag::text).toList());
    }

    @Test
    void theExamplesAreValid() throws IOException, InterruptedException {
        for (String file : List.of("pseudonym.key", "am.token", "ers.user", "icinga.user")) {
            Path secret = Files.writeString(folder.resolve(file), "user:0123456789abcdef0123456789abcdef");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        SelfSignedCertificate.write(
                List.of("icinga.example"), folder.resolve("icinga-ca.crt"), folder.resolve("icinga-ca.key"));
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();
        assertThat(examples).hasSize(6);
        Set<String> kinds = new TreeSet<>();
        for (String example : examples) {
            Path file = Files.writeString(folder.resolve("feeds.yaml"), example);
            kinds.addAll(FeedsFileReader.read(file).feeds().stream()
                    .map((FeedSettings feed) -> feed.kind().word())
                    .collect(Collectors.toSet()));
        }
        assertThat(kinds).containsExactly("alertmanager", "fhir", "hl7", "icinga", "probe");
    }

    @Test
    void theExampleOfTheFirstLoadLoadsItsExtract() throws IOException {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## The first load"));
        Matcher example = EXAMPLE.matcher(section);
        Matcher extract = EXTRACT.matcher(section);
        assertThat(example.find() && extract.find()).isTrue();
        FeedsFile file = FeedsFileReader.read(Files.writeString(folder.resolve("feeds.yaml"), example.group(1)));

        try (FirstLoad load = FirstLoad.open(
                file,
                file.feeds().get(0),
                OptionalLong.empty(),
                new ByteArrayInputStream(extract.group(1).getBytes(StandardCharsets.UTF_8)),
                InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z")))) {
            LoadReport report = load.run();

            assertThat(report.complete()).isTrue();
            assertThat(report.refused()).isEmpty();
            assertThat(report.counts().outcomes()).containsEntry(Outcome.PUBLISHED, 2L);
            assertThat(report.counts().flags()).isEmpty();
        }
    }

    private static List<String> words(String heading) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(heading);
        assertThat(from).as(heading).isPositive();
        Matcher end = Pattern.compile("(?m)^##").matcher(page);
        String section = end.find(from + heading.length()) ? page.substring(from, end.start()) : page.substring(from);
        return ROW.matcher(section)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }
}
