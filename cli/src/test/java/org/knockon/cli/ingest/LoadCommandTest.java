package org.knockon.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;

class LoadCommandTest {

    private static final String FEEDS = """
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS]}]}
            feeds:
              - name: pas
                kind: hl7
                port: 2575
                zone: Europe/London
                services: [{match: {location: CARD1}, id: cardiology}]
                load: {columns: {appointmentId: APPT, updatedAt: CHANGED, slotStart: START, location: CLINIC, identifiers: {"nhs-number": NHS}}}
              - {name: am, kind: cloudevents}
            """;
    private static final String HEADER = "APPT,CHANGED,START,CLINIC,NHS,NAME\n";
    private static final String GOOD = "1,2026-03-02T09:00,2026-04-10T09:30,CARD1,9000000009,Quibblethorpe\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTheKey() throws IOException {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void triesAnExtractWithoutABroker() throws IOException {
        assertThat(run(
                        FEEDS,
                        HEADER + GOOD + GOOD + "2,2026-03-02T09:00,soon,CARD1,9000000009,Quibblethorpe\n"
                                + "3,2026-03-02T09:00,2026-04-10T09:30,LOC9,,\n",
                        "--feed",
                        "pas",
                        "--try"))
                .isEqualTo(ExitCodes.FAILURES);

        assertThat(out.toString())
                .contains("line 4: refused, bad-time at START\n")
                .containsPattern("(?m)^published +2$")
                .containsPattern("(?m)^duplicate +1$")
                .containsPattern("(?m)^ignored +0$")
                .containsPattern("(?m)^refused +1$")
                .containsPattern("(?m)^ +bad-time +1$")
                .containsPattern("(?m)^flag noPatient +1$")
                .contains("no rule fits LOC9\n")
                .containsPattern("tried 4 rows of .*extract.csv in [0-9.]+ s; nothing was published\n$")
                .doesNotContain("9000000009", "Quibblethorpe", "soon");
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        assertThat(run(FEEDS, HEADER + GOOD, "--feed", "pas", "--try", "--output", "json"))
                .isZero();

        assertThat(out.toString().lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("feed").textValue()).isEqualTo("pas");
        assertThat(json.get("complete").booleanValue()).isTrue();
        assertThat(json.get("trial").booleanValue()).isTrue();
        assertThat(json.get("rows").intValue()).isEqualTo(1);
        assertThat(json.get("outcomes").toString())
                .isEqualTo("{\"published\":1,\"duplicate\":0,\"ignored\":0,\"refused\":0}");
        assertThat(json.get("refused")).isEmpty();
    }

    @Test
    void listsAHundredRefusedLinesAndCountsTheRest() throws IOException {
        assertThat(run(FEEDS, HEADER + "x,,,,,\n".repeat(150), "--feed", "pas", "--try"))
                .isEqualTo(ExitCodes.FAILURES);

        assertThat(out.toString().lines().filter(line -> line.startsWith("line ")))
                .hasSize(100);
        assertThat(out.toString()).contains("line 101: refused, bad-time at CHANGED\nand 50 more lines refused\n");
    }

    @Test
    void namesTheColumnsThatTheExtractLacks() throws IOException {
        assertThat(run(FEEDS, "APT,CHANGED,START,CLINIC\n", "--feed", "pas", "--try"))
                .isEqualTo(ExitCodes.USAGE);

        assertThat(err.toString())
                .contains("extract.csv: there is no column 'APPT'; did you mean 'APT'?")
                .contains("extract.csv: there is no column 'NHS'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void needsAFeedWithADescriptionAndATime() throws IOException {
        assertThat(run(FEEDS, HEADER, "--try")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("give --feed NAME: the feeds are pas, am");
        assertThat(run(FEEDS, HEADER, "--feed", "am", "--try")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("feed am has no 'load' that names the columns of its extract");

        String withoutTime = FEEDS.replace("updatedAt: CHANGED, ", "");
        assertThat(run(withoutTime, HEADER + GOOD, "--feed", "pas", "--try")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("give --as-of TIME, when the extract was made");
        assertThat(run(withoutTime, HEADER + GOOD, "--feed", "pas", "--try", "--as-of", "2099-01-01T00:00:00Z"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--as-of must not be in the future");
        assertThat(run(withoutTime, HEADER + GOOD, "--feed", "pas", "--try", "--as-of", "2026-03-01T00:00:00Z"))
                .isZero();

        assertThat(run(FEEDS, HEADER + GOOD, "--feed", "pas", "--exercise", "drill"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--exercise needs the prefix of a replay");
    }

    @Test
    void namesAFileThatIsMissing() throws IOException {
        Path feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);

        assertThat(execute("--feeds", feeds.toString(), "--feed", "pas", "--try", "none.csv"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("cannot read none.csv");
    }

    private int run(String feeds, String extract, String... arguments) throws IOException {
        String[] line = new String[arguments.length + 3];
        line[0] = "--feeds";
        line[1] = Files.writeString(folder.resolve("feeds.yaml"), feeds).toString();
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        line[line.length - 1] =
                Files.writeString(folder.resolve("extract.csv"), extract).toString();
        return execute(line);
    }

    private int execute(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "load";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
