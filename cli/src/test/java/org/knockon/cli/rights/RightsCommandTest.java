package org.knockon.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;

/** {@code knockon rights}, as far as it needs no broker. */
class RightsCommandTest {

    private static final int NO_BROKER = 1;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void printsALineForEachLineOfTheTable() {
        assertThat(run("print", "--bootstrap-server", "broker-1:9093")).isZero();

        assertThat(out.toString().lines())
                .containsExactlyElementsOf(RightsTable.lines("knockon.", "knockon.streams").stream()
                        .map(line -> AclCommand.add("broker-1:9093", "User:knockon-" + line.role(), line.right()))
                        .toList());
    }

    @Test
    void printsOneRoleForAnotherPrefixAndOtherUsers() {
        assertThat(run("print", "--for", "war-room", "--prefix", "trust.", "--user-prefix", "CN="))
                .isZero();

        assertThat(out.toString().lines())
                .hasSameSizeAs(RightsTable.of(Role.WAR_ROOM, "trust.", "trust.streams"))
                .allMatch(line ->
                        line.contains(" --allow-principal User:CN=war-room ") && line.contains(" --topic trust."));
    }

    @Test
    void theApplicationIdOfTheSettingsNamesTheGroup() throws IOException {
        Path config = Files.writeString(folder.resolve("a.properties"), "knockon.application.id=counting\n");

        assertThat(run("print", "--for", "streams", "--command-config", config.toString()))
                .isZero();

        assertThat(out.toString()).contains(" --group counting\n", " --transactional-id counting- ");
    }

    @ParameterizedTest
    @CsvSource({
        "streams=a, has no password for deployer",
        "'deployer=a\nproducer=b\ningest=e\nstreams=c\nwar-room=\nreplay=d', has no password for war-room",
        "stream=a, unknown role stream",
        "deployer=\\uXYZ, cannot read"
    })
    void namesWhatIsWrongInTheFileOfPasswords(String content, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("passwords.properties"), content);

        assertThat(add("--scram-passwords", file.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(file.toString(), problem).doesNotContain("=a");
    }

    @Test
    void namesAFileThatDoesNotExist() {
        Path file = folder.resolve("none");

        assertThat(add("--scram-passwords", file.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("no such file: " + file);
    }

    @Test
    void oneRoleNeedsOnePassword() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords.properties"), "streams=a\n");

        // It gets as far as the broker, and there is none.
        assertThat(add("--scram-passwords", file.toString(), "--for", "streams"))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString()).contains("no answer from the broker at 127.0.0.1:" + NO_BROKER);
    }

    private int add(String... options) {
        return run(Stream.concat(
                        Stream.of("add", "--bootstrap-server", "127.0.0.1:" + NO_BROKER, "--timeout", "2"),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("rights"), Stream.of(arguments)).toArray(String[]::new));
    }
}
