package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaySpeedTest {

    @Test
    void readsFactorsAndMax() {
        assertThat(ReplaySpeed.parse("60x").factor()).isEqualTo(60);
        assertThat(ReplaySpeed.parse(" 600X ").factor()).isEqualTo(600);
        assertThat(ReplaySpeed.parse("0.5x").factor()).isEqualTo(0.5);
        assertThat(ReplaySpeed.parse("1000").factor()).isEqualTo(1000);
        assertThat(ReplaySpeed.parse("MAX")).isEqualTo(ReplaySpeed.MAX);
    }

    @Test
    void writesWhatItReads() {
        assertThat(ReplaySpeed.parse("60x")).hasToString("60x");
        assertThat(ReplaySpeed.parse("0.5x")).hasToString("0.5x");
        assertThat(ReplaySpeed.MAX).hasToString("max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x", "-1x", "fast", "60xx", "1e9x", "NaN"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> ReplaySpeed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a speed; write 60x, 600x or max");
    }
}
