package org.knockon.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;

class IngestCommandTest {

    private static final String FEEDS = "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: mrn, hl7: [RJ1]}]}\n"
            + "feeds:\n"
            + "  - {name: pas, kind: hl7, port: 2575, zone: Europe/London}\n"
            + "  - {name: am, kind: alertmanager, namespace: '', heartbeat: {match: {alertname: Watchdog}},"
            + " systems: [{label: system}]}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void makesAKeyThatTheCheckAccepts() throws IOException {
        Path key = folder.resolve("pseudonym.key");

        assertThat(run("--new-key", key.toString())).isZero();
        assertThat(Files.readString(key)).matches("[0-9a-f]{64}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(out.toString()).doesNotContain(Files.readString(key).strip());

        assertThat(run("--feeds", feeds(FEEDS), "--check")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^pas +hl7 +pas$")
                .containsPattern("(?m)^am +alertmanager *$")
                .contains("warning: feed am: ")
                .endsWith("feeds.yaml is valid\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void keepsAKeyThatExists() throws IOException {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "mine");

        assertThat(run("--new-key", key.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("exists; a new key would give every patient another pseudonym");
        assertThat(key).hasContent("mine");
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        run("--new-key", folder.resolve("pseudonym.key").toString());
        out.getBuffer().setLength(0);

        assertThat(run("--feeds", feeds(FEEDS), "--check", "--output", "json")).isZero();
        assertThat(out.toString())
                .startsWith("{\"feeds\":[{\"name\":\"pas\",\"kind\":\"hl7\",\"namespace\":\"pas\"},"
                        + "{\"name\":\"am\",\"kind\":\"alertmanager\",\"namespace\":\"\"}],\"warnings\":[\"feed am:");
    }

    @Test
    void listsEveryProblemAndExitsWithTwo() throws IOException {
        String file = feeds(FEEDS.replace("zone", "zon").replace("label", "lable"));

        assertThat(run("--feeds", file, "--check")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .startsWith("knockon: feeds file " + file + " has ")
                .contains(file + ":1:", "there is no file")
                .contains(file + ":3:", "unknown key 'zon' in 'feeds[0]'; did you mean 'zone'?")
                .contains("'feeds[0].zone' is missing")
                .contains(file + ":4:", "unknown key 'lable'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void needsToKnowWhatToDo() throws IOException {
        for (String[] line : new String[][] {
            {},
            {"--check"},
            {"--feeds", feeds(FEEDS), "--check", "--try", "m.hl7"},
            {"--feeds", feeds(FEEDS), "--feed", "pas"},
            {"--feeds", feeds(FEEDS), "--check", "--exercise", "drill"},
            {"--feeds", feeds(FEEDS), "--check", "--new-key", "k"},
            {"--new-key", "k", "--check"}
        }) {
            err.getBuffer().setLength(0);
            assertThat(run(line)).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString())
                    .startsWith("knockon: give --feeds FILE, maybe with --check or --try FILE, or --new-key");
        }
        assertThat(run("--feeds", folder.resolve("none.yaml").toString(), "--check"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("no such file");
    }

    @Test
    void triesMessagesAndPublishesNothing() throws IOException {
        run("--new-key", folder.resolve("pseudonym.key").toString());
        String file = feeds(FEEDS.replace(
                "zone: Europe/London", "zone: Europe/London, services: [{match: {service: MRI}, id: mri}]"));
        Path messages = Files.writeString(
                folder.resolve("messages.hl7"),
                "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|C1|P|2.4\rSCH|1|A1001|||||||30|MIN|^^^202603100930\r"
                        + "PID|1||9000000009^^^RJ1||Quibblethorpe\rAIS|1||MRI\r"
                        + "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090100||SIU^S12^SIU_S12|C2|P|2.4\rSCH|1\r");
        out.getBuffer().setLength(0);

        assertThat(run("--feeds", file, "--feed", "pas", "--try", messages.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("1 C1: published", "\"appointmentId\":\"pas/A1001\"", "\"serviceId\":\"mri\"")
                .contains("2 C2: refused, missing-slot at SCH-11.4")
                .endsWith("nothing was published; published 1; refused 1\n")
                .doesNotContain("9000000009", "Quibblethorpe");

        assertThat(run("--feeds", file, "--try", messages.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("give --feed NAME: the feeds are pas, am");
    }

    @Test
    void anExerciseNeedsAPrefixOfItsOwn() throws IOException {
        run("--new-key", folder.resolve("pseudonym.key").toString());

        assertThat(run("--feeds", feeds(FEEDS), "--exercise", "drill")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--exercise needs the prefix of a replay");
    }

    private String feeds(String text) throws IOException {
        return Files.writeString(folder.resolve("feeds.yaml"), text).toString();
    }

    private int run(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "ingest";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
