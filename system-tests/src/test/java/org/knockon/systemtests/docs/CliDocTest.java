package org.knockon.systemtests.docs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What docs/cli.md says of the command line is what picocli knows of it. */
class CliDocTest {

    private static final String FOR_ALL = "Common to every command";
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    private static final Document DOC = Document.named("docs/cli.md");

    /** Its name, for the report, and the call itself. */
    record Example(Document document, List<String> arguments) {
        @Override
        public String toString() {
            return document + ": knockon " + String.join(" ", arguments);
        }
    }

    static Stream<CommandSpec> commands() {
        return withSubcommands(Knockon.commandLine());
    }

    static Stream<CommandSpec> commandsThatDoSomething() {
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
    @MethodSource("commandsThatDoSomething")
    void everyCommandHasASectionWithAnExampleOfIt(CommandSpec spec) {
        String call = spec.qualifiedName(" ");

        assertThat(DOC.section(call))
                .as("section '%s' of %s", call, DOC)
                .hasValueSatisfying(section -> assertThat(examples(section))
                        .extracting(example -> "knockon " + String.join(" ", example.arguments()))
                        .anySatisfy(line -> assertThat(line).startsWith(call)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsExplainedWithItsCommandOrForAllOfThem(CommandSpec spec) {
        String heading = spec.parent() == null ? FOR_ALL : spec.qualifiedName(" ");
        assertThat(DOC.section(heading)).as("section '%s' of %s", heading, DOC).isPresent();
        String said = DOC.section(heading).orElseThrow().text()
                + DOC.section(FOR_ALL).orElseThrow().text();

        assertThat(optionsIn(said))
                .containsAll(spec.options().stream()
                        .filter(option -> !option.hidden())
                        .flatMap(CliDocTest::longNames)
                        .toList());
    }

    @Test
    void everyOptionNamedIsOneOfACommand() {
        Set<String> known = commands()
                .flatMap(spec -> spec.options().stream())
                .flatMap(CliDocTest::longNames)
                .collect(toSet());

        assertThat(optionsIn(DOC.text())).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfAnyDocumentCanBeParsed(Example example) {
        String[] arguments = example.arguments().toArray(String[]::new);

        assertThatCode(() -> Knockon.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
    }

    @Test
    void theTableOfExitCodesIsThatOfTheHelpAndOfTheCode() {
        Map<String, String> table = DOC.section("Exit codes").orElseThrow().rows().stream()
                .collect(toMap(row -> row.get(0), row -> row.get(1)));

        assertThat(table)
                .isEqualTo(Knockon.commandLine().getCommandSpec().usageMessage().exitCodeList());
        assertThat(table.keySet())
                .isEqualTo(Stream.of(ExitCodes.class.getFields())
                        .map(CliDocTest::value)
                        .collect(toSet()));
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
