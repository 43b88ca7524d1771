package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.console.ExitCodes;

/** Managing the access file from the command line. */
class AccessCommandTest {

    @TempDir
    private Path folder;

    private String output = "";

    @Test
    void addsListsAndRevokesAndShowsATokenOnlyOnce() throws Exception {
        assertThat(run("add-display", "gold-room")).isZero();
        assertThat(output.strip()).matches("/wall\\?token=[\\w-]{43}");
        String token = output.strip().substring("/wall?token=".length());
        assertThat(run("add-token", "report", "--role", "viewer", "--role", "rebooking"))
                .isZero();
        assertThat(output.strip()).matches("[\\w-]{43}").isNotEqualTo(token);

        assertThat(run("list")).isZero();
        assertThat(output)
                .containsPattern("display +gold-room +viewer")
                .containsPattern("program +report +viewer, rebooking");
        assertThat(output + Files.readString(file())).doesNotContain(token);

        assertThat(run("revoke", "gold-room")).isZero();
        assertThat(run("list")).isZero();
        assertThat(output).doesNotContain("gold-room").contains("report");
        assertThat(run("revoke", "gold-room")).isEqualTo(ExitCodes.USAGE);
        assertThat(output).contains("no entry 'gold-room'");
    }

    @Test
    void readsAPasswordFromStandardInputAndRejectsAShortOne() throws Exception {
        InputStream before = System.in;
        try {
            System.setIn(lines("too short\n"));
            assertThat(run("add-user", "ana")).isEqualTo(ExitCodes.USAGE);
            assertThat(output).contains("at least 12");
            assertThat(file()).doesNotExist();
            System.setIn(lines("long enough to keep\n"));
            assertThat(run("add-user", "ana", "--role", "facilitator")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(Files.readString(file()))
                .contains("pbkdf2-sha256$", "facilitator")
                .doesNotContain("long enough");
        assertThat(run("add-display", "ana")).isEqualTo(ExitCodes.USAGE);
        assertThat(output).contains("name ana occurs more than once");
    }

    @Test
    void rejectsOptionsThatWouldExposeTheDisplay() throws Exception {
        for (String[] command : new String[][] {{"war-room"}, {"replay", "pas-outage-demo"}}) {
            assertThat(runLine(command, "--bind", "0.0.0.0")).isEqualTo(ExitCodes.USAGE);
            assertThat(output).contains("--access", "--tls-cert");
            assertThat(runLine(command, "--tls-cert", "wall.pem")).isEqualTo(ExitCodes.USAGE);
            assertThat(output).contains("must be given together");
            assertThat(runLine(command, "--access", "none.json")).isEqualTo(ExitCodes.USAGE);
            assertThat(output).contains("access file none.json does not exist");
        }
        run("add-display", "tv");
        assertThat(runLine(new String[] {"war-room"}, "--bind", "0.0.0.0", "--access", file().toString()))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(output).contains("--tls-cert").doesNotContain("--access");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("list")).isEqualTo(ExitCodes.USAGE);
        assertThat(output).contains("chmod 600");
    }

    @Test
    void makesACertificateOnce() {
        String[] line = {
            "access",
            "self-signed",
            "--host",
            "localhost",
            "--tls-cert",
            folder.resolve("wall.pem").toString(),
            "--tls-key",
            folder.resolve("wall-key.pem").toString()
        };

        assertThat(runLine(line)).as(output).isZero();
        assertThat(folder.resolve("wall.pem")).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(runLine(line)).isEqualTo(ExitCodes.USAGE);
        assertThat(output).contains("the file already exists: " + folder.resolve("wall.pem"));
    }

    private Path file() {
        return folder.resolve("walls.json");
    }

    private static InputStream lines(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "access";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[line.length - 2] = "--access";
        line[line.length - 1] = file().toString();
        return runLine(line);
    }

    private int runLine(String[] command, String... arguments) {
        return runLine(Stream.of(command, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    private int runLine(String... line) {
        StringWriter out = new StringWriter();
        int code = Knockon.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(line);
        output = out.toString();
        return code;
    }
}
