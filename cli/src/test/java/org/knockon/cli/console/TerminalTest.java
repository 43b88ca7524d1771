package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void usesTheValueOfTheLauncher() {
        assertThat(Terminal.of("out", false, Map.of())).isEqualTo(new Terminal(true, false, true));
        assertThat(Terminal.of(",err", false, Map.of())).isEqualTo(new Terminal(false, true, true));
        assertThat(Terminal.of("", true, Map.of())).isEqualTo(new Terminal(false, false, false));
    }

    @Test
    void usesTheConsoleWithoutTheLauncher() {
        assertThat(Terminal.of(null, true, Map.of()).out()).isTrue();
        assertThat(Terminal.of(null, false, Map.of()).out()).isFalse();
    }

    @Test
    void hasNoColourIfTheUserTurnsItOff() {
        assertThat(Terminal.of("out", true, Map.of("NO_COLOR", "1"))).isEqualTo(new Terminal(true, false, false));
        assertThat(Terminal.of("out", true, Map.of("NO_COLOR", "")).colour()).isTrue();
    }

    @Test
    void treatsADumbTerminalAsAFile() {
        assertThat(Terminal.of("out,err", true, Map.of("TERM", "dumb"))).isEqualTo(new Terminal(false, false, false));
    }
}
