package org.knockon.impact.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHourTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cardiology/2022-07-19T14+01:00",
                "stt/4/cardiology/2022-10-30T01+00:00",
                "2022-07-19T14+01:00/2022-07-19T14+01:00"
            })
    void readsWhatItWrites(String text) {
        assertThat(ServiceHour.parse(text)).map(ServiceHour::toString).contains(text);
    }

    @Test
    void splitsAtTheLastSeparator() {
        ServiceHour parsed =
                ServiceHour.parse("stt/4/cardiology/2022-10-30T01+00:00").orElseThrow();

        assertThat(parsed.serviceId()).isEqualTo("stt/4/cardiology");
        assertThat(parsed.hour()).hasToString("2022-10-30T01+00:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cardiology",
                "cardiology/",
                "/2022-07-19T14+01:00",
                "2022-07-19T14+01:00",
                "cardiology/2022-07-19T14",
                "cardiology/2022-07-19T14:30+01:00",
                "cardiology/2022-07-19T14+01:00/"
            })
    void readsNoOtherText(String text) {
        assertThat(ServiceHour.parse(text)).isEmpty();
    }
}
