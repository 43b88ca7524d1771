package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDurationTest {

    @ParameterizedTest
    @CsvSource({
        "30, '', 1800000",
        "30, min, 1800000",
        "30, M, 1800000",
        "90, seconds, 90000",
        "1.5, Hours, 5400000",
        "2, d, 172800000",
        "-10, MIN, -600000",
        "+5, '', 300000",
        "0, '', 0",
        "999999999, days, 86399999913600000"
    })
    void readsNumberAndUnit(String number, String unit, long millis) {
        assertThat(WrittenDuration.millis(number, unit)).contains(millis);
    }

    @ParameterizedTest
    @CsvSource({"30, 1800000", "M30, 1800000", "H1, 3600000", "s90, 90000", "D1, 86400000"})
    void readsUnitBeforeNumber(String text, long millis) {
        assertThat(WrittenDuration.millis(text)).contains(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half an hour", "1e9", "1e999999999", "9999999999", "W2", "30M", "--3"})
    void isNoDuration(String text) {
        assertThat(WrittenDuration.millis(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weeks", "7", "x"})
    void unitMustBeKnown(String unit) {
        assertThat(WrittenDuration.millis("2", unit)).isEmpty();
    }
}
