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
            {"--feeds", feeds(FEEDS)},
            {"--feeds", feeds(FEEDS), "--check", "--new-key", "k"},
            {"--new-key", "k", "--check"}
        }) {
            err.getBuffer().setLength(0);
            assertThat(run(line)).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString()).startsWith("knockon: give --feeds FILE with --check, or --new-key FILE");
        }
        assertThat(run("--feeds", folder.resolve("none.yaml").toString(), "--check"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("no such file");
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
