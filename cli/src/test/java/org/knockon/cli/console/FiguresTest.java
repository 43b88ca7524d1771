package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void roundsDurationsForReading() {
        assertThat(Figures.span(Duration.ofMillis(8_449))).isEqualTo("8.4 s");
        assertThat(Figures.span(Duration.ofSeconds(80))).isEqualTo("1 min 20 s");
        assertThat(Figures.span(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Figures.wholeSpan(Duration.ofMillis(8_449))).isEqualTo("8 s");
    }

    @Test
    void groupsDigitsAndUsesTheSingularForOne() {
        assertThat(Figures.count(1_198_141, "record", "records")).isEqualTo("1,198,141 records");
        assertThat(Figures.count(1, "record", "records")).isEqualTo("1 record");
    }
}
