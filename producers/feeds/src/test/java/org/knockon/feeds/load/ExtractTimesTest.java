package org.knockon.feeds.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractTimesTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @ParameterizedTest
    @CsvSource({
        "dd/MM/yyyy HH:mm, 10/04/2026 09:30",
        "d/M/yy H:mm, 10/4/26 9:30",
        "dd-MMM-yyyy hh:mm a, 10-APR-2026 09:30 am",
        "yyyyMMdd'T'HHmmssXXX, 20260410T103000+02:00",
        "'dd.MM.yyyy, HH:mm', '10.04.2026, 09:30'"
    })
    void readsTheFormsOfTheFile(String form, String text) {
        assertThat(new ExtractTimes(LONDON, List.of(ExtractTimes.form(form))).millis(text))
                .hasValue(Instant.parse("2026-04-10T08:30:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-10T09:30",
                "2026-04-10 09:30:00",
                "2026-04-10 09:30:00 +01:00",
                "2026-04-10T08:30:00.000Z",
                "20260410 0930",
                "202604100930+0100"
            })
    void readsTheUsualFormsBesides(String text) {
        assertThat(new ExtractTimes(LONDON, List.of(ExtractTimes.form("dd/MM/yyyy HH:mm"))).millis(text))
                .hasValue(Instant.parse("2026-04-10T08:30:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"31/02/2026 09:30", "10/04/2026", "10/04/2026 25:30", "2026-04-10", "soon", ""})
    void takesNothingElseForATime(String text) {
        assertThat(new ExtractTimes(LONDON, List.of(ExtractTimes.form("dd/MM/yyyy HH:mm"))).millis(text))
                .isEmpty();
    }

    @Test
    void aFormNeedsADateAndAnHour() {
        for (String form : List.of("dd/MM/yyyy", "HH:mm", "bananas", "dd/MM HH:mm")) {
            assertThatThrownBy(() -> ExtractTimes.form(form)).as(form).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
