package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void alignsTextLeftAndNumbersRight() {
        TextTable table = new TextTable(2).row("postponed", 12345, "so far").row("at risk", 7, "x");

        assertThat(table.lines()).containsExactly("postponed  12,345  so far", "at risk         7  x");
    }
}
