package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparatorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"MSH|^~\\&|PAS", "MSH|^~\\&", "MSH|^~\\&#|PAS", "MSH|^|PAS", "MSH|^~|PAS", "MSH|^~\\|PAS"})
    void readsTheUsualOnes(String msh) {
        assertThat(Separators.of(msh)).contains(Separators.STANDARD);
    }

    @Test
    void readsOthers() {
        assertThat(Separators.of("MSH#*!/$#PAS")).contains(new Separators('#', '*', '!', '/', '$'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MSH",
                "MSH|",
                "MSH||PAS",
                "PID|^~\\&|",
                "MSHA^~\\&A",
                "MSH ^~\\& ",
                "MSH|^^\\&|",
                "MSH|~|PAS",
                "MSH|ab\\&|",
                "MSH|^~\u00a7&|",
                "MSH\u00a6^~\\&\u00a6"
            })
    void isNoUsableHeader(String msh) {
        assertThat(Separators.of(msh)).isEmpty();
    }
}
