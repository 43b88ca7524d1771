package org.knockon.feeds.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.producers.yaml.Problem;

/** Breaks {@code complete.yaml} in one place and checks the one problem that is reported. */
class FeedsFileProblemsTest {

    /** Keys that the sender chooses: labels, attributes, texts. */
    private static final Set<String> NOT_OURS = Set.of(
            "S13",
            "B",
            "X",
            "S24",
            "Held",
            "location",
            "service",
            "facility",
            "ITDOWN",
            "PATREQ",
            "P1",
            "alertname",
            "job",
            "sev1",
            "sev4",
            "host",
            "type",
            "https");

    @TempDir
    private static Path temporary;

    private static FeedsFolder folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        folder = FeedsFolder.in(temporary);
        folder.secret("short.key", "too short");
        folder.secret("empty", "\n");
        folder.secret("two-lines", "a\nb\n");
        FeedsFolder.permit(Files.writeString(temporary.resolve("open.token"), "a-token"), "rw-r--r--");
        FeedsFolder.permit(Files.writeString(temporary.resolve("open.key"), "x".repeat(40)), "rw-r--r--");
    }

    @ParameterizedTest
    @MethodSource("org.knockon.feeds.settings.FeedsFileMistakes#all")
    void reportsTheMistakeWithItsLine(FeedsFileMistakes.Mistake mistake) throws IOException {
        String complete = FeedsFolder.complete();
        assertThat(complete).contains(mistake.right());
        int at = complete.indexOf(mistake.right());
        String broken = complete.substring(0, at)
                + mistake.wrong()
                + complete.substring(at + mistake.right().length());

        List<Problem> problems = problems(broken);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString()).contains(mistake.problem());
        assertThat(broken.lines().toList().get(problems.get(0).line() - 1)).contains(mistake.line());
    }

    @Test
    void breaksEveryKey() throws IOException {
        Set<String> broken = Stream.concat(
                        FeedsFileMistakes.all().stream().map(FeedsFileMistakes.Mistake::key),
                        Stream.of("pseudonyms", "feeds"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(broken).isEqualTo(keys());
    }

    @Test
    void needsAKeyForAppointmentsOfPatients() throws IOException {
        assertThat(problems("feeds: [{name: ers, kind: fhir}]"))
                .extracting(Problem::message)
                .containsExactly("'ers' carries appointments of patients, but there is no key for pseudonyms");
    }

    @Test
    void needsAFeed() throws IOException {
        assertThat(problems("feeds: []")).extracting(Problem::message).containsExactly("'feeds' has no entry");
        assertThat(problems("http: {}")).extracting(Problem::message).containsExactly("'feeds' is missing");
        assertThat(problems("")).extracting(Problem::message).containsExactly("the file is empty");
    }

    @Test
    void needsTlsAndATokenWhereOthersCanConnect() throws IOException {
        assertThat(problems("http: {bind: 0.0.0.0}\nfeeds: [{name: e, kind: cloudevents}]"))
                .extracting(Problem::message)
                .containsExactly(
                        "other machines can connect to '0.0.0.0' without TLS",
                        "other machines can read /feeds without a token",
                        "other machines can send to 'e' without a token");
    }

    @Test
    void givesEachPortToOneListener() throws IOException {
        String two = "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: m, any: true}]}\nfeeds:\n"
                + "  - {name: a, kind: hl7, zone: Europe/London, port: 8070}\n"
                + "  - {name: b, kind: hl7, zone: Europe/London, port: 2575}\n"
                + "  - {name: c, kind: hl7, zone: Europe/London, port: 2575}\n";

        assertThat(problems(two))
                .extracting(Problem::message)
                .containsExactly("port 8070 is that of the HTTP server already", "port 2575 is that of b already");
    }

    @Test
    void refusesAHeartbeatOfKuma() throws IOException {
        assertThat(problems("feeds:\n  - name: k\n    kind: kuma\n    hold: 1h\n    heartbeat: {match: {a: b}}\n"
                        + "    systems: [{match: {id: '1'}, id: a}]"))
                .extracting(Problem::message)
                .containsExactly("Uptime Kuma sends no alert that always fires");
    }

    @Test
    void quotesNoSecret() throws IOException {
        folder.secret("secret", "Quibblethorpe\nQuibblethorpe\n");
        String all = FeedsFolder.complete().replaceAll("(http|am)\\.token|ers\\.user|pseudonym\\.key", "secret");

        FeedsFileException thrown = catchThrowableOfType(FeedsFileException.class, () -> folder.read(all));

        assertThat(thrown).hasMessageNotContaining("Quibblethorpe");
        assertThat(thrown.problems()).hasSizeGreaterThan(4);
        assertThat(folder.read(FeedsFolder.complete()).toString())
                .doesNotContain("a-password", "a-token", "0123456789abcdef");
    }

    /** Every key of the feeds file. */
    static Set<String> keys() throws IOException {
        return Pattern.compile("([A-Za-z][A-Za-z0-9]*):(?= |\n)")
                .matcher(FeedsFolder.complete().replaceFirst("#.*\n", ""))
                .results()
                .map((MatchResult key) -> key.group(1))
                .filter(key -> !NOT_OURS.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Problem> problems(String yaml) throws IOException {
        FeedsFileException thrown = catchThrowableOfType(FeedsFileException.class, () -> folder.read(yaml));
        assertThat(thrown).as("is refused").isNotNull();
        return thrown.problems();
    }
}
