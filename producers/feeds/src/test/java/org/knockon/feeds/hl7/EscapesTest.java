package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a\\T\\b, a&b",
        "a\\F\\b\\S\\c\\R\\d\\E\\e, a|b^c~d\\e",
        "\\X41\\\\X42\\, AB",
        "\\XC384\\, \u00c4",
        "\\XC4\\, \u00c4",
        "\\X4\\, \\X4\\",
        "\\XZZ\\, \\XZZ\\",
        "\\.br\\, \\.br\\",
        "\\.br\\T\\, \\.br&",
        "\\T, \\T",
        "\\, \\",
        "\\\\T\\, \\&"
    })
    void decodes(String written, String meant) {
        assertThat(Escapes.decode(written, Separators.STANDARD)).isEqualTo(meant);
    }

    @Test
    void usesTheSeparatorsOfTheMessage() {
        Separators others = new Separators('#', '*', '!', '/', '$');

        assertThat(Escapes.decode("a/F//S//R//E//T/", others)).isEqualTo("a#*!/$");
        assertThat(Escapes.decode("a\\T\\", others)).isEqualTo("a\\T\\");
    }

    @Test
    void encodesWhatItDecodes() {
        String text = "SCH-11.4: bad|^~\\&field";

        assertThat(Escapes.encode(text, Separators.STANDARD)).isEqualTo("SCH-11.4: bad\\F\\\\S\\\\R\\\\E\\\\T\\field");
        assertThat(Escapes.decode(Escapes.encode(text, Separators.STANDARD), Separators.STANDARD))
                .isEqualTo(text);
    }
}
