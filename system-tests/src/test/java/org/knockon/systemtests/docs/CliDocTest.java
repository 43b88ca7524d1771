package org.knockon.systemtests.docs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.counts.CountTerm;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Compares docs/cli.md with the command line. */
class CliDocTest {

    private static final String COMMON = "Common to every command";
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    private static final Document DOC = Document.named("docs/cli.md");

    /** A call of knockon, and the document that contains it. */
    record Example(Document document, List<String> arguments) {
        @Override
        public String toString() {
            return document + ": knockon " + String.join(" ", arguments);
        }
    }

    static Stream<CommandSpec> commands() {
        return withSubcommands(Knockon.commandLine());
    }

    static Stream<CommandSpec> commandsWithoutSubcommands() {
        return commands().filter(spec -> spec.subcommands().isEmpty());
    }

    static Stream<Example> examples() {
        return Document.all().stream().flatMap(CliDocTest::examples);
    }

    private static Stream<Example> examples(Document document) {
        return document.blocks("bash").stream()
                .flatMap(String::lines)
                .flatMap(line -> ShellLine.calls(line).stream())
                .map(arguments -> new Example(document, arguments));
    }

    private static Stream<CommandSpec> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(CliDocTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("commandsWithoutSubcommands")
    void everyCommandHasASectionWithAnExample(CommandSpec spec) {
        String call = spec.qualifiedName(" ");

        assertThat(DOC.section(call))
                .as("section '%s' of %s", call, DOC)
                .hasValueSatisfying(section -> assertThat(examples(section))
                        .extracting(example -> "knockon " + String.join(" ", example.arguments()))
                        .anySatisfy(line -> assertThat(line).startsWith(call)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsExplainedWithItsCommandOrForAllCommands(CommandSpec spec) {
        String heading = spec.parent() == null ? COMMON : spec.qualifiedName(" ");
        assertThat(DOC.section(heading)).as("section '%s' of %s", heading, DOC).isPresent();
        String text = DOC.section(heading).orElseThrow().text()
                + DOC.section(COMMON).orElseThrow().text();

        assertThat(optionsIn(text))
                .containsAll(spec.options().stream()
                        .filter(option -> !option.hidden())
                        .flatMap(CliDocTest::longNames)
                        .toList());
    }

    @Test
    void everyOptionInTheTextBelongsToACommand() {
        Set<String> known = commands()
                .flatMap(spec -> spec.options().stream())
                .flatMap(CliDocTest::longNames)
                .collect(toSet());

        assertThat(optionsIn(DOC.text())).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleInAnyDocumentIsValid(Example example) {
        String[] arguments = example.arguments().toArray(String[]::new);

        assertThatCode(() -> Knockon.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
    }

    @Test
    void theTableOfExitCodesMatchesTheHelpAndTheCode() {
        Map<String, String> table = DOC.section("Exit codes").orElseThrow().rows().stream()
                .collect(toMap(row -> row.get(0), row -> row.get(1)));

        assertThat(table)
                .isEqualTo(Knockon.commandLine().getCommandSpec().usageMessage().exitCodeList());
        assertThat(table.keySet())
                .isEqualTo(Stream.of(ExitCodes.class.getFields())
                        .map(CliDocTest::value)
                        .collect(toSet()));
    }

    @Test
    void theTableOfWordsMatchesTheTerminal() {
        assertThat(DOC.section("Words for the counts").orElseThrow().rows())
                .extracting(row -> row.get(0).replace("`", ""), row -> row.get(1))
                .containsExactlyInAnyOrder(Stream.of(CountTerm.values())
                        .map(term -> tuple(term.field(), term.word()))
                        .toArray(Tuple[]::new));
    }

    private static String value(Field constant) {
        try {
            return constant.get(null).toString();
        } catch (IllegalAccessException e) {
            throw new AssertionError(constant + " is public", e);
        }
    }

    private static Stream<String> longNames(OptionSpec option) {
        return Stream.of(option.names()).filter(name -> name.startsWith("--"));
    }

    private static Set<String> optionsIn(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(toSet());
    }
}
