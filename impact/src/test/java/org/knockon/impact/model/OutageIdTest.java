package org.knockon.impact.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pas@2022-07-19T14:10:00Z",
                "pas@2022-07-19T14:10:00.001Z",
                "a@b@2022-07-19T14:10:00Z",
                "@@1969-12-31T23:59:59.999Z"
            })
    void readsWhatItWrites(String text) {
        OutageId id = OutageId.parse(text).orElseThrow();

        assertThat(id).hasToString(text);
        assertThat(OutageId.systemIdOf(text)).isEqualTo(id.systemId());
    }

    @Test
    void splitsAtTheLastSeparator() {
        assertThat(OutageId.parse("a@b@2022-07-19T14:10:00Z")).contains(new OutageId("a@b", at("14:10")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pas",
                "pas@",
                "@2022-07-19T14:10:00Z",
                "pas@2022-07-19",
                "pas@2022-07-19T14:10Z",
                "pas@2022-07-19T14:10:00.0000001Z",
                "pas@2022-07-19T14:10:00+01:00",
                "pas@2022-07-19T14:10:00Z ",
                "pas@+1000000000-12-31T23:59:59.999999999Z"
            })
    void readsNoOtherText(String text) {
        assertThat(OutageId.parse(text)).isEmpty();
    }

    @Test
    void isTheIdOfItsOutage() {
        Outage outage = new Outage("pas", at("14:10"), Outage.OPEN, false, Evidence.OBSERVED, at("14:15"));

        assertThat(outage.id()).isEqualTo("pas@2022-07-19T14:10:00Z");
        assertThat(OutageId.parse(outage.id())).contains(new OutageId("pas", at("14:10")));
    }
}
