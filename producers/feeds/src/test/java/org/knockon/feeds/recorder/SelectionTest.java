package org.knockon.feeds.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.RecordedRecord;

class SelectionTest {

    private static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

    private final Selection cut = new Selection(at(100), at(200));

    @Test
    void withoutTimesItKeepsEverything() {
        assertThat(ALL.needsEarlierAppointments()).isFalse();
        assertThat(ALL.keeps(record(Topics.SYSTEM_HEALTH, 0, "epr", Long.MIN_VALUE)))
                .isTrue();
        assertThat(ALL.keeps(record(Topics.APPOINTMENTS, 0, "A-1", 5))).isTrue();
    }

    @Test
    void keepsTheEventsOfTheSpanAndTheWholeCatalogue() {
        assertThat(cut.keeps(record(Topics.SYSTEM_HEALTH, 0, "epr", 99))).isFalse();
        assertThat(cut.keeps(record(Topics.SYSTEM_HEALTH, 0, "epr", 100))).isTrue();
        assertThat(cut.keeps(record(Topics.SYSTEM_HEALTH, 0, "epr", 199))).isTrue();
        assertThat(cut.keeps(record(Topics.SYSTEM_HEALTH, 0, "epr", 200))).isFalse();
        assertThat(cut.keeps(record(Topics.APPOINTMENTS, 0, "A-1", 200))).isFalse();
        assertThat(cut.keeps(record(Topics.SYSTEMS, 0, "epr", 1))).isTrue();
        assertThat(cut.keeps(record(Topics.CARE_SERVICES, 0, "eye", 999))).isTrue();
    }

    @Test
    void keepsTheLastEarlierRecordOfEachAppointment() {
        assertThat(cut.needsEarlierAppointments()).isTrue();
        List<RecordedRecord> appointments = List.of(
                record(Topics.APPOINTMENTS, 0, "A-1", 10),
                record(Topics.APPOINTMENTS, 1, "A-2", 20),
                record(Topics.APPOINTMENTS, 2, "A-1", 30),
                record(Topics.APPOINTMENTS, 3, "A-1", 150),
                record(Topics.APPOINTMENTS, 4, null, 40));
        appointments.forEach(cut::note);
        cut.noted();

        assertThat(appointments.stream().filter(cut::keeps).map(RecordedRecord::offset))
                .containsExactly(1L, 2L, 3L);
        assertThat(cut.keeps(record(Topics.SYSTEM_HEALTH, 2, "A-1", 30)))
                .as("another topic with the same offset")
                .isFalse();
    }

    private static Optional<Instant> at(long millis) {
        return Optional.of(Instant.ofEpochMilli(millis));
    }

    private static RecordedRecord record(Topic<?> topic, long offset, String key, long timestamp) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new RecordedRecord(topic, 0, offset, timestamp, bytes, null, new RecordHeaders());
    }
}
