package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KnockonTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine knockon =
            new CommandLine(new Knockon()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void printsTheVersionsFromTheBuild() {
        assertThat(knockon.execute("--version")).isZero();
        assertThat(out.toString())
                .containsPattern("knockon \\d+\\.\\d+\\.\\d+")
                .containsPattern("kafka   \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void helpShowsExamplesAndExitCodes() {
        assertThat(knockon.execute("--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "Exit codes:");
    }

    @Test
    void printsHelpOnStandardErrorAndExitsWith2WithoutASubcommand() {
        assertThat(knockon.execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: knockon");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void exitsWith2ForAnUnknownOption() {
        assertThat(knockon.execute("--nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("--nonsense");
    }
}
