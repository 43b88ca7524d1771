package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedTimeTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @ParameterizedTest
    @CsvSource({
        "2026,                        2026-01-01T00:00:00Z,     false",
        "202603,                      2026-03-01T00:00:00Z,     false",
        "20260310,                    2026-03-10T00:00:00Z,     false",
        "2026031009,                  2026-03-10T09:00:00Z,     true",
        "202603100930,                2026-03-10T09:30:00Z,     true",
        "20260310093015,              2026-03-10T09:30:15Z,     true",
        "20260310093015.1,            2026-03-10T09:30:15.100Z, true",
        "20260310093015.1234567891,   2026-03-10T09:30:15.123Z, true",
        "2026031009301512,            2026-03-10T09:30:15.120Z, true",
        "202607100930,                2026-07-10T08:30:00Z,     true",
        "202607100930+0000,           2026-07-10T09:30:00Z,     true",
        "202607100930-0730,           2026-07-10T17:00:00Z,     true",
        "20260710T093000Z,            2026-07-10T09:30:00Z,     true",
        "2026-03-10,                  2026-03-10T00:00:00Z,     false",
        "2026-07-10T09:30,            2026-07-10T08:30:00Z,     true",
        "2026-07-10T09:30:15.5+01:00, 2026-07-10T08:30:15.500Z, true",
        "2026-07-10T09:30:15+01,      2026-07-10T08:30:15Z,     true",
        "202603092400,                2026-03-10T00:00:00Z,     true",
        "' 202603100930 ',            2026-03-10T09:30:00Z,     true"
    })
    void reads(String written, Instant instant, boolean hasHour) {
        ParsedTime time = ParsedTime.parse(written).orElseThrow();

        assertThat(Instant.ofEpochMilli(time.millis(LONDON))).isEqualTo(instant);
        assertThat(time.hasHour()).isEqualTo(hasHour);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "20260",
                "2026031",
                "20261301",
                "20260230",
                "202603102500",
                "202603102430",
                "202603100960",
                "20260310093061",
                "20260310093015.",
                "202603100930+9900",
                "202603100930+01",
                "yesterday",
                "2026/03/10",
                "2026-03-10 09:30",
                "-20260310",
                "\u0662\u0660\u0662\u0666",
                "2026031009301512345"
            })
    void isNotATime(String written) {
        assertThat(ParsedTime.parse(written)).isEmpty();
    }

    @Test
    void readsALongTextInNoTime() {
        assertThat(ParsedTime.parse("20260310093015." + "1".repeat(1_000_000))).isEmpty();
    }

    @Test
    void anHourThatDoesNotExistIsOneHourOn() {
        assertThat(millis("202603290130")).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void ofAnHourThatComesTwiceTheEarlierCounts() {
        assertThat(millis("202610250130")).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(millis("202610250130+0000")).isEqualTo(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:31:00Z, 2026-10-25T00:30:00Z",
        "2026-10-25T00:59:59Z, 2026-10-25T00:30:00Z",
        "2026-10-25T01:00:01Z, 2026-10-25T01:30:00Z",
        "2026-10-26T01:29:59Z, 2026-10-25T01:30:00Z",
        "2026-10-26T01:30:00Z, 2026-10-25T00:30:00Z",
        "2026-10-24T00:00:00Z, 2026-10-25T00:30:00Z"
    })
    void nearReceiptTheNearerCounts(Instant receipt, Instant expected) {
        assertThat(Instant.ofEpochMilli(
                        ParsedTime.parse("202610250130").orElseThrow().millisNear(LONDON, receipt.toEpochMilli())))
                .isEqualTo(expected);
    }

    private static Instant millis(String written) {
        return Instant.ofEpochMilli(ParsedTime.parse(written).orElseThrow().millis(LONDON));
    }
}
