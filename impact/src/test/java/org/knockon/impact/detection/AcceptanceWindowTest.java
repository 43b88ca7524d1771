package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;

import org.junit.jupiter.api.Test;

class AcceptanceWindowTest {

    private final AcceptanceWindow window = new AcceptanceWindow(at("10:00"), at("12:00"));

    @Test
    void acceptsBothBounds() {
        assertThat(window.rejection(at("10:00"))).isNull();
        assertThat(window.rejection(at("11:00"))).isNull();
        assertThat(window.rejection(at("12:00"))).isNull();
    }

    @Test
    void rejectsTheFutureWithBothInstants() {
        assertThat(window.rejection(at("12:00:00.001")))
                .contains("future", "2022-07-19T12:00:00.001Z", "2022-07-19T12:00:00Z");
    }

    @Test
    void rejectsObservationsOlderThanTheRetentionWithBothInstants() {
        assertThat(window.rejection(at("09:59:59.999")))
                .contains("older", "2022-07-19T09:59:59.999Z", "2022-07-19T10:00:00Z");
    }
}
