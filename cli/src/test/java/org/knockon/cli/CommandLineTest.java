package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.cli.console.ExitCodes;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** An invalid command line produces one or two clear lines, and nothing starts. */
class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    static Stream<CommandSpec> commands() {
        return withSubcommands(Knockon.commandLine())
                .filter(spec -> !spec.name().equals("help"));
    }

    private static Stream<CommandSpec> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(CommandLineTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamplesAndExitCodes(CommandSpec spec) {
        String[] line = (spec.qualifiedName(" ") + " --help")
                .replaceFirst("knockon ", "")
                .split(" ");

        assertThat(run(line)).isZero();
        assertThat(out.toString())
                .startsWith("Usage: " + spec.qualifiedName(" "))
                .contains("Examples:\n  ", "Exit codes:\n", "  2 ")
                .as("no line wraps at 80 columns")
                .satisfies(help -> assertThat(help.lines())
                        .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(80)));
        assertThat(spec.options())
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleCanBeParsed(CommandSpec spec) {
        for (String line : spec.usageMessage().footer()) {
            String[] words = line.replaceFirst(".*?\\b(?:knockon) ", "")
                    .replaceFirst("( {2,}| >| &&| \\|).*", "")
                    .strip()
                    .split(" ");
            assertThat(parses(words)).as(line).isTrue();
        }
    }

    private static boolean parses(String... words) {
        Knockon.commandLine().parseArgs(words);
        return true;
    }

    @Test
    void reportsMissingScenarioInTwoLines() {
        assertThat(run("replay")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString().lines())
                .containsExactly("knockon: Missing required parameter: 'SCENARIO'", "See 'knockon replay --help'.");
    }

    @Test
    void suggestsAScenarioForAnUnknownName() {
        assertThat(run("replay", "pas-outage-dmo")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("pas-outage-dmo").contains("pas-outage-demo");
    }

    @Test
    void suggestsACommandForAnUnknownName() {
        assertThat(run("reply", "pas-outage-demo")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("replay");
    }

    @Test
    void rejectsASpeedThatIsNotANumber() {
        assertThat(run("replay", "pas-outage-demo", "--speed", "fast")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("'fast' is not a speed; write 60x, 600x or max");
    }

    @Test
    void rejectsARegistryWithoutABroker() {
        assertThat(run("replay", "pas-outage-demo", "--schema-registry-url", "http://localhost:1"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--bootstrap-server");
    }

    @Test
    void rejectsAnInvalidSettingBeforeTheReplayStarts() {
        assertThat(run("replay", "pas-outage-demo", "--set", "threads=many")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("threads must be a whole number");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void rejectsARunNameThatNoTopicCanHave() {
        assertThat(run("replay", "pas-outage-demo", "--run", "My Run")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("My Run");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --publish-only                                        | --publish-only requires --run
            --publish-only --run drill --verify                   | use 'knockon verify' after --publish-only
            --publish-only --run drill --keep                     | --keep cannot be combined with --publish-only
            --publish-only --run drill --folder data              | --folder cannot be combined with --publish-only
            --publish-only --run drill --partitions 4             | --partitions cannot be combined with --publish-only
            --publish-only --run drill --shift-to now --speed 60x | --speed cannot be combined with --shift-to
            --publish-only --run drill --shift-to 2026-12-01      | a time with its offset, such as 2026-12-01T09:00:00Z
            --publish-only --run drill --shift-to 2019-01-01T00:00Z | longer ago than retention.ms (400 days)
            --publish-only --run drill --shift-to 2099-12-31T00:00Z | the times of a record lie in the years 2000 to 2099
            --shift-to now                                        | --shift-to requires --publish-only
            --wait 5                                              | --wait requires --publish-only
            """)
    void rejectsOptionsThatContradictPublishOnly(String options, String message) {
        String[] words = ("replay pas-outage-demo " + options).split(" ");

        assertThat(run(words)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void printsTheSettingsOfTheRunBeforeItConnects() {
        assertThat(run(
                        "replay",
                        "pas-outage-demo",
                        "--publish-only",
                        "--run",
                        "drill",
                        "--schema-registry-url",
                        "http://localhost:1"))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(out.toString())
                .contains("Everything here is invented", "knockon.replay.from=2025-03-12T00:00:00Z")
                .contains("  knockon topics create --replay --prefix knockon.replay.drill.\n")
                .contains("  knockon war-room --prefix knockon.replay.drill.\n")
                .contains("  knockon verify --scenario pas-outage-demo --prefix knockon.replay.drill.\n");
        assertThat(err.toString()).contains("no answer from the schema registry at http://localhost:1");
    }

    @Test
    void everyCommandOfTheNotesIsValid() {
        run(
                "replay",
                "pas-outage-demo",
                "--publish-only",
                "--run",
                "drill",
                "--shift-to",
                "now",
                "--schema-registry-url",
                "http://localhost:1");

        assertThat(out.toString().lines().map(String::strip).filter(line -> line.startsWith("knockon ")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(
                                parses(line.substring("knockon ".length()).split(" ")))
                        .isTrue());
    }

    @Test
    void rejectsARunThatNoReplayCanHave() {
        assertThat(run("verify", "--scenario", "pas-outage-demo", "--run", "My-Run"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("run must be at most 63 lower-case letters", "My-Run");
    }

    @Test
    void rejectsARegistryArchiveWithABroker() {
        assertThat(run("replay", "pas-outage-demo", "--registry-archive", "a.tar.gz", "--bootstrap-server", "b:1"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--registry-archive is for the sandbox");
    }

    @Test
    void rejectsReadingAndWritingTheRegistryArchiveAtOnce() {
        assertThat(run("sandbox", "--registry-archive", "a.tar.gz", "--write-registry-archive", "b.tar.gz"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--registry-archive").contains("mutually exclusive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "replay pas-outage-demo --headless"})
    void namesTheRegistryArchiveThatCannotBeRead(String command) {
        String[] line = (command + " --registry-archive nowhere.tar.gz").split(" ");

        assertThat(run(line)).isEqualTo(ExitCodes.SANDBOX);
        assertThat(err.toString()).contains("nowhere.tar.gz").contains("--write-registry-archive FILE");
    }

    @Test
    void suggestsATopicForAnUnknownName() {
        assertThat(run("consume", "--topic", "apointments")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("did you mean 'appointments'?");
    }

    @Test
    void namesAMissingFile() {
        String nowhere = folder.resolve("nowhere.jsonl").toString();
        assertThat(run("produce", "--topic", "systems", "--file", nowhere)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).isEqualTo("knockon: cannot read " + nowhere + ": no such file\n");
    }

    @Test
    void reportsAnUnreachableBrokerInOneLine() {
        assertThat(run("topics", "list", "--bootstrap-server", "localhost:1", "--timeout", "2"))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("knockon: no answer from the broker at localhost:1 within 2 s");
    }

    @Test
    void rejectsAnInvalidTimeout() {
        assertThat(run("topics", "list", "--timeout", "soon")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--timeout", "such as PT30S or 30, but is 'soon'");
    }

    @Test
    void reportsAnUnreachableRegistryInOneLine() {
        assertThat(run("watch", "--schema-registry-url", "http://localhost:1")).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("knockon: no answer from the schema registry at http://localhost:1");
    }

    @Test
    void verbosePrintsTheStackTrace() {
        assertThat(run("watch", "--schema-registry-url", "http://localhost:1", "--verbose"))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString()).contains("\tat org.knockon.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "doctor", "stream"})
    void rejectsAnInvalidSettingBeforeConnecting(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), "knockon.zone=Europe/Londn\n");

        assertThat(run(command, "--command-config", file.toString(), "--bootstrap-server", "localhost:1"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("zone must be a time zone such as Europe/London, but is 'Europe/Londn'");
    }

    @Test
    void doctorMasksSecretsAndExitsWith3IfSomethingIsUnavailable() {
        int exitCode = run(
                "doctor",
                "--bootstrap-server",
                "localhost:1",
                "--schema-registry-url",
                "http://me:hush@localhost:1",
                "--timeout",
                "2",
                "--prefix",
                "ward.");

        assertThat(exitCode).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(out.toString())
                .contains("broker    UNAVAILABLE", "registry  UNAVAILABLE", "http://******@localhost:1")
                .doesNotContain("hush")
                .containsPattern("prefix +ward\\. +--prefix")
                .containsPattern("threads +2 +default");
    }

    @Test
    void listsScenariosAndExportsThemWithoutOverwriting() {
        assertThat(run("scenario", "list")).isZero();
        assertThat(out.toString()).contains("july-heatwave-2022", "synnovis-2024", "pas-outage-demo");

        List<String> export = List.of("scenario", "export", "pas-outage-demo", "--folder", folder.toString());
        assertThat(run(export.toArray(String[]::new))).isZero();
        assertThat(folder.resolve("pas-outage-demo.yaml")).exists();
        assertThat(run(export.toArray(String[]::new))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("the file already exists");
    }

    @Test
    void showsTheContentOfAScenario() {
        assertThat(run("scenario", "show", "pas-outage-demo")).isZero();
        assertThat(out.toString())
                .contains("Everything here is invented")
                .containsPattern("systems +4")
                .containsPattern("on appointments +\\d");
    }

    private int run(String... arguments) {
        return Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
