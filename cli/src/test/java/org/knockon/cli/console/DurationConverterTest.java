package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({"30,PT30S", "1.5,PT1.5S", "45s,PT45S", "PT2M,PT2M", "pt1h,PT1H", "P1D,P1D"})
    void readsSecondsAndIso8601(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "PT0S", "-5", "PT-1S", "P25D", "99999999999999999999"})
    void rejectsAnythingThatIsNotAPositiveDuration(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("but is '" + text + "'");
    }

    @Test
    void rejectsDurationsThatKafkaCannotRepresent() {
        assertThatThrownBy(() -> new DurationConverter().convert("P36500D"))
                .isInstanceOf(TypeConversionException.class);
    }
}
