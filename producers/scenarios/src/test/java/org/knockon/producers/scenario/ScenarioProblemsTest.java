package org.knockon.producers.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.producers.yaml.Problem;

/** Each test breaks the demo scenario in one place and checks the reported problem. */
class ScenarioProblemsTest {
    private static final String DEMO = demo();

    @Test
    void theUnbrokenDemoHasNoProblem() {
        assertThat(ScenarioParser.parse("demo", "demo.yaml", DEMO).systems()).hasSize(4);
    }

    @Test
    void reportsFileAndLineAndSuggestsTheNearestKey() {
        Problem problem = only(broken("alsoDependsOn: [pas]", "alsoDependOn: [pas]"));

        assertThat(problem.file()).isEqualTo("demo.yaml");
        assertThat(problem.line()).isEqualTo(lineOf("{id: records"));
        assertThat(problem)
                .hasToString("demo.yaml:" + lineOf("{id: records") + ":49: unknown key 'alsoDependOn' in"
                        + " 'systems[1].members[1]'; did you mean 'alsoDependsOn'?");
    }

    @Test
    void namesAMissingKey() {
        Problem problem =
                only(broken("    policy: usual\n    monitors: [probe-outside]", "    monitors: [probe-outside]"));

        assertThat(problem.message()).isEqualTo("'systems[0].policy' is missing");
        assertThat(problem.line()).isEqualTo(lineOf("- group: rooms"));
    }

    @Test
    void reportsADuplicateKeyWithTheLineOfTheFirst() {
        Problem problem = only(broken("seed: 20250312", "seed: 1\nseed: 20250312"));

        assertThat(problem.message()).isEqualTo("'seed' is given twice");
        assertThat(problem.suggestion()).isEqualTo("it is first given in line " + lineOf("seed: "));
        assertThat(problem.line()).isEqualTo(lineOf("seed: ") + 1);
    }

    @Test
    void suggestsTheNearestSystemInAFailure() {
        Problem problem = only(broken("degraded: [records]", "degraded: [recrods]"));

        assertThat(problem.message()).isEqualTo("there is no system or group 'recrods'");
        assertThat(problem.suggestion()).isEqualTo("did you mean 'records'?");
        assertThat(problem.line()).isEqualTo(lineOf("degraded: [records]"));
    }

    @Test
    void reportsReferencesToUndefinedNames() {
        assertThat(message(broken("dependsOn: [dc-main]", "dependsOn: [dc-mian]")))
                .isEqualTo("there is no system 'dc-mian'");
        assertThat(message(broken("diesWith: dc-main", "diesWith: dc-nain"))).isEqualTo("there is no system 'dc-nain'");
        assertThat(message(broken("standard: clinical", "standard: clincal")))
                .isEqualTo("there is no standard 'clincal'");
        assertThat(message(broken("monitors: [probe-inside]", "monitors: [probe-insid]")))
                .isEqualTo("there is no monitor 'probe-insid'");
        assertThat(message(broken("    needs: scanner", "    needs: scaner")))
                .isEqualTo("there is no set of needs 'scaner'");
        assertThat(message(
                        broken("name: Example General, organisation: ZZ9", "name: Example General, organisation: ZZ8")))
                .isEqualTo("there is no organisation 'ZZ8'");
        assertThat(message(broken("weekly: {ZZ901: 450}", "weekly: {ZZ902: 450}")))
                .isEqualTo("there is no site 'ZZ902'");
        assertThat(message(broken("{system: pacs, capability: IMAGING", "{system: pcas, capability: IMAGING")))
                .isEqualTo("there is no system 'pcas'");
    }

    @Test
    void reportsAnEndBeforeItsStart() {
        Problem problem = only(broken("until: 2025-03-12T04:00", "until: 2025-03-12T02:00"));

        assertThat(problem.message()).isEqualTo("the failure ends before it starts");
        assertThat(problem.line()).isEqualTo(lineOf("maintenance: [pacs]"));
        assertThat(message(broken("from: 2025-03-12, to: 2025-03-12", "from: 2025-03-12, to: 2025-03-11")))
                .isEqualTo("the window ends before it starts");
        assertThat(message(broken("to: 2025-03-12T18:00", "to: 2025-03-12T09:00")))
                .isEqualTo("the phase ends before it starts");
    }

    @Test
    void reportsTimesOutsideTheWindow() {
        Problem problem = only(broken("2025-03-12T14:10", "2025-03-21T14:10"));

        assertThat(problem.message()).isEqualTo("'failures[3].at' is outside the window");
        assertThat(problem.suggestion()).isEqualTo("the window runs from 2025-03-12 to 2025-03-12");
    }

    @Test
    void reportsASystemThatComesBackWithoutHavingFailed() {
        assertThat(only(broken("up: [pas, records]", "up: [pas, records, pacs]"))
                        .message())
                .isEqualTo("'pacs' is already UP at this time");
    }

    @Test
    void reportsIdsDefinedTwice() {
        Problem problem = only(broken(
                "{id: pacs, name",
                "{id: pas, name",
                "maintenance: [pacs]",
                "maintenance: [pas]",
                "{system: pacs,",
                "{system: pas,"));

        assertThat(problem.message()).isEqualTo("system 'pas' is defined twice");
        assertThat(problem.suggestion()).isEqualTo("the first is systems[1].members[0].id");
    }

    @Test
    void reportsValuesOfTheWrongKind() {
        assertThat(message(broken("seed: 20250312", "seed: tomorrow")))
                .isEqualTo("'seed' must be a whole number but is 'tomorrow'");
        assertThat(message(broken("dependsOn: [dc-main]", "dependsOn: dc-main")))
                .isEqualTo("'systems[1].dependsOn' must be a list but is 'dc-main'");
        assertThat(message(broken("window: {from: 2025-03-12, to: 2025-03-12}", "window: [2025-03-12]")))
                .isEqualTo("'window' must be a mapping of keys to values but is a list");
        assertThat(only(broken("never: 0.02", "never: 2%")).suggestion())
                .isEqualTo("write a share as a number between 0 and 1, such as 0.25");
        assertThat(only(broken("noticeAfter: 20m", "noticeAfter: 20")).suggestion())
                .isEqualTo("write a duration as 90s, 15m, 4h or 3d");
        assertThat(message(broken("givenUp: 0.05", "givenUp: 1.05"))).isEqualTo("'reaction.rebooking.givenUp' is 1.05");
        assertThat(only(broken("category: DIAGNOSTIC", "category: DIAGNOSTICS")).suggestion())
                .isEqualTo("did you mean 'DIAGNOSTIC'?");
        assertThat(only(broken("zone: Europe/London", "zone: Europe/Londno")).suggestion())
                .isEqualTo("write a zone as Europe/London");
        assertThat(message(broken("WED: 1, ", "WEN: 1, "))).isEqualTo("there is no day of the week 'WEN'");
        assertThat(message(broken("goAhead: {OUTPATIENT: 0.75", "goAhead: {OUTPATIENTS: 0.75")))
                .isEqualTo("there is no category 'OUTPATIENTS'");
        assertThat(message(broken("tolerance: 2h", "tolerance: 90s")))
                .isEqualTo("'needs.clinic[1].tolerance' is not a whole number of minutes");
        assertThat(message(broken("{site}-{code}-scanner", "{site}-{cod}-scanner")))
                .isEqualTo("unknown placeholder '{cod}'");
    }

    @Test
    void readsAvailabilityExactlyAndLeavesItOutIfAbsent() {
        assertThat(standard(DEMO)).isEqualTo(new ServiceStandard(new BigDecimal("99.9"), 60));
        assertThat(standard(broken("availabilityPercent: 99.9,", "availabilityPercent: 99.999999,")))
                .isEqualTo(new ServiceStandard(new BigDecimal("99.999999"), 60));
        assertThat(standard(broken("availabilityPercent: 99.9,", "availabilityPercent: 100,"))
                        .availabilityPercent()
                        .toPlainString())
                .isEqualTo("100");
        assertThat(standard(broken("availabilityPercent: 99.9, ", ""))).isEqualTo(new ServiceStandard(null, 60));
    }

    @Test
    void reportsAvailabilityThatIsNoPercentage() {
        assertThat(message(broken("availabilityPercent: 99.9,", "availabilityPercent: 100.1,")))
                .isEqualTo("'standards.clinical.availabilityPercent' is 100.1");
        assertThat(message(broken("availabilityPercent: 99.9,", "availabilityPercent: 1e2,")))
                .isEqualTo("'standards.clinical.availabilityPercent' must be a decimal number with at most 6 decimal"
                        + " places but is '1e2'");
    }

    private static ServiceStandard standard(String yaml) {
        return ScenarioParser.parse("demo", "demo.yaml", yaml).systems().stream()
                .filter(each -> each.id().equals("pas"))
                .findFirst()
                .orElseThrow()
                .system()
                .standard();
    }

    @Test
    void reportsHeartbeatsLongerThanSilenceAfter() {
        assertThat(message(broken("{id: probe-outside, heartbeat: 10m}", "{id: probe-outside, heartbeat: 30m}")))
                .isEqualTo(
                        "monitor 'probe-outside' reports every 30 minutes, but after 25 minutes of silence the system counts as down");
    }

    @Test
    void rejectsSharesIfWeeksAreGiven() {
        String weeks = DEMO.replace("reaction:", "recorded: []\nreaction:")
                .replace(
                        "recorded: []",
                        "recorded:\n  - {from: 2025-03-12, to: 2025-03-12, outpatient: 3, elective: 0}");

        assertThat(problems(weeks))
                .extracting(Problem::message)
                .containsExactly(
                        "the window ends less than a week after this week",
                        "'recorded' and 'phases' both give the number of postponements",
                        "'reaction.rebooking.postponedAgain' is missing");
    }

    @Test
    void reportsAllProblemsTogetherInTheOrderOfTheFile() {
        List<Problem> problems = problems(broken(
                "seed: 20250312",
                "sed: 20250312",
                "degraded: [records]",
                "degrade: [records]",
                "never: 0.02",
                "never: lots"));

        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "'seed' is missing",
                        "unknown key 'sed'",
                        "the status is missing",
                        "unknown key 'degrade' in 'failures[2]'",
                        "'reaction.backEntry.never' must be a number but is 'lots'");
    }

    @Test
    void reportsTheLineOfSyntaxErrors() {
        Problem problem = only(broken("sites:\n", "sites: [\n"));

        assertThat(problem.message()).startsWith("not valid YAML: ");
        assertThat(problem.line()).isBetween(lineOf("sites:"), lineOf("sites:") + 3);
        assertThat(only("")).extracting(Problem::message).isEqualTo("the file is empty");
    }

    private static String broken(String... replacements) {
        String text = DEMO;
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text;
    }

    private static String message(String yaml) {
        return only(yaml).message();
    }

    private static Problem only(String yaml) {
        List<Problem> problems = problems(yaml);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static List<Problem> problems(String yaml) {
        ScenarioException thrown =
                catchThrowableOfType(ScenarioException.class, () -> ScenarioParser.parse("demo", "demo.yaml", yaml));
        assertThat(thrown).as("a broken scenario is refused").isNotNull();
        assertThat(thrown)
                .hasMessageContaining("demo.yaml:" + thrown.problems().get(0).line());
        return thrown.problems();
    }

    private static int lineOf(String text) {
        String before = DEMO.substring(0, DEMO.indexOf(text));
        return (int) before.chars().filter(c -> c == '\n').count() + 1;
    }

    private static String demo() {
        try (var in = ScenarioProblemsTest.class.getResourceAsStream("/scenarios/pas-outage-demo.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
