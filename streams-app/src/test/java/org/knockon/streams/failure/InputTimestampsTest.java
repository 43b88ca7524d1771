package org.knockon.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.settings.ClockMode;

/** The timestamp that Kafka Streams uses is always valid; the record keeps the original. */
class InputTimestampsTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long SKEW = 60_000;

    private static final ClockMode LIVE = new ClockMode.Live(SKEW);
    private static final ClockMode REPLAY = new ClockMode.Replay(0, Long.MAX_VALUE);

    private final InputTimestamps live = new InputTimestamps(Topics.SYSTEM_HEALTH, LIVE, () -> NOON);
    private final InputTimestamps replay = new InputTimestamps(Topics.SYSTEM_HEALTH, REPLAY, () -> NOON);
    private final RawRecord<String> value = new RawRecord<>("name of a patient", new byte[17], -1);

    @Test
    void keepsATimeWithinTheLimits() {
        assertThat(live.extract(record(NOON + SKEW), 5)).isEqualTo(NOON + SKEW);
        assertThat(replay.extract(record(EventTimes.EARLIEST), 5)).isEqualTo(EventTimes.EARLIEST);
        assertThat(replay.extract(record(EventTimes.LATEST), 5)).isEqualTo(EventTimes.LATEST);
    }

    @Test
    void doesNotAdvanceThePartitionByAnInvalidTime() {
        for (long invalid : new long[] {-1, Long.MIN_VALUE, 0, EventTimes.LATEST + 1, Long.MAX_VALUE}) {
            assertThat(replay.extract(record(invalid), NOON)).isEqualTo(NOON);
            assertThat(value.timestamp()).isEqualTo(invalid);
            assertThat(replay.extract(record(invalid), -1))
                    .as("before the first record")
                    .isZero();
        }
    }

    @Test
    void usesTheWallClockWhenLive() {
        assertThat(live.extract(record(NOON + SKEW + 1), NOON)).isEqualTo(NOON);
        assertThat(value.timestamp()).isEqualTo(NOON + SKEW + 1);
    }

    @Test
    void keepsTheTimeOfABookingSystemWhoseClockIsAhead() {
        InputTimestamps appointments = new InputTimestamps(Topics.APPOINTMENTS, LIVE, () -> NOON);
        long latest = NOON + SKEW + InputLimits.BOOKING_CLOCK_LEAD;

        assertThat(appointments.extract(record(latest), 5)).isEqualTo(latest);
        assertThat(appointments.extract(record(latest + 1), 5)).isEqualTo(5);
        assertThat(new InputTimestamps(Topics.APPOINTMENTS, REPLAY, () -> NOON)
                        .extract(record(EventTimes.LATEST + 1), 5))
                .isEqualTo(5);
    }

    /** Kafka Streams puts records into exception messages. */
    @Test
    void showsSizesAndNoContentAsText() {
        assertThat(record(NOON).toString()).contains("RawRecord[17 bytes]").doesNotContain("patient");
        assertThat(new RawRecord<>(null, null, NOON)).hasToString("RawRecord[no value]");
    }

    private ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<Object, Object>(
                "t",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
