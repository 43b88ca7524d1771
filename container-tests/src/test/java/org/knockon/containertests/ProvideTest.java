package org.knockon.containertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What container-tests/provide says where it must not or cannot provide anything. ITs see the rest. */
class ProvideTest {

    private static final String NOWHERE = "unix:///nonexistent/docker.sock";

    @Test
    void namesTheReasonInOneLineAndStartsNoEngine() {
        Command.Output output = provide(Map.of("DOCKER_HOST", NOWHERE, "CI", "true"));

        assertThat(output.exitCode()).isEqualTo(69);
        assertThat(output.err()).isEqualTo("engine: no engine answers at DOCKER_HOST, " + NOWHERE + "\n");
        assertThat(output.out()).isEmpty();
    }

    @Test
    void rejectsAnUnknownOption() {
        assertThat(provide(Map.of(), "--nonsense").exitCode()).isEqualTo(2);
    }

    private static Command.Output provide(Map<String, String> variables, String... arguments) {
        List<String> line =
                Stream.concat(Stream.of("./provide"), Stream.of(arguments)).toList();
        return new Command(Path.of("").toAbsolutePath(), variables, line).run();
    }
}
