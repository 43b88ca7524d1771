package org.knockon.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;

/** What needs no broker. */
class CatalogueCommandTest {

    private static final String CIRCLE = "systems:\n"
            + "  - {systemId: pas, name: PAS, dependsOn: [lan]}\n"
            + "  - {systemId: lan, name: LAN, dependsOn: [pas]}\n"
            + "  - {systemId: fax, name: Fax}\n"
            + "services:\n"
            + "  - {serviceId: clinic, name: Clinic, site: RZ901, category: OUTPATIENT,"
            + " requires: [{systemId: pas, capability: RECORDS, toleranceMinutes: 30}]}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void checksAndWarns() throws IOException {
        String file = file(CIRCLE);

        assertThat(run("check", "--file", file)).isEqualTo(ExitCodes.OK);
        assertThat(out).hasToString(file + " is valid: 3 systems, 1 care service, 1 requirement\n");
        assertThat(err)
                .hasToString("warning: systems depend on each other: lan -> pas -> lan;"
                        + " while one of them is out, all of them are\n");

        out.getBuffer().setLength(0);
        assertThat(run("check", "--file", file, "--output", "json")).isEqualTo(ExitCodes.OK);
        assertThat(out)
                .hasToString(
                        "{\"systems\":3,\"careServices\":1,\"requirements\":1,\"warnings\":[\"systems depend on each"
                                + " other: lan -> pas -> lan; while one of them is out, all of them are\"]}\n");
    }

    @Test
    void everySubcommandListsTheProblemsAndConnectsToNothing() throws IOException {
        String file = file(CIRCLE.replace("[lan]", "[lam]").replace("Minutes: 30", "Minutes: -30"));

        for (String subcommand : new String[] {"check", "diff", "publish", "graph"}) {
            err.getBuffer().setLength(0);
            assertThat(run(subcommand, "--file", file)).as(subcommand).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString())
                    .startsWith("knockon: catalogue " + file + " has 2 problems\n")
                    .contains(file + ":2:44: there is no system 'lam'; did you mean 'lan'?")
                    .contains(file + ":6:", "toleranceMinutes' is -30; it must be between 0 and 527040");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void drawsAllOrTheSurroundingsOfOne() throws IOException {
        String file = file(CIRCLE);

        assertThat(run("graph", "--file", file)).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).startsWith("flowchart LR\n").contains("[\"Fax<br/>fax\"]");

        out.getBuffer().setLength(0);
        assertThat(run("graph", "--file", file, "--around", "pas")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("clinic").doesNotContain("fax");

        assertThat(run("graph", "--file", file, "--around", "pass")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("there is no system or care service 'pass'; did you mean 'pas'?");
    }

    @Test
    void needsASubcommandAndAFile() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("knockon catalogue publish --file catalogue.yaml");
        assertThat(run("publish")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--file");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("catalogue.yaml"), text).toString();
    }

    private int run(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "catalogue";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Knockon.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
