package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveStartTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long NOW = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final long RETENTION = 10 * DAY;

    @Test
    void acceptsAStartFromTheOldestKeptEventToTheFuture() {
        assertThat(LiveStart.refusal(NOW - RETENTION, NOW - RETENTION + DAY, NOW, RETENTION))
                .isEmpty();
        assertThat(LiveStart.refusal(NOW, NOW + RETENTION, NOW, RETENTION)).isEmpty();
        assertThat(LiveStart.refusal(NOW + 300 * DAY, NOW + 301 * DAY, NOW, RETENTION))
                .isEmpty();
    }

    @Test
    void refusesAStartBeforeTheOldestKeptEvent() {
        assertThat(LiveStart.refusal(NOW - RETENTION - 1, NOW, NOW, RETENTION))
                .contains(
                        "--shift-to 2026-11-20T11:59:59.999Z is longer ago than retention.ms (10 days), so the app would"
                                + " refuse the first events; the earliest start is 2026-11-20T12:00:00Z");
    }

    @Test
    void refusesAScenarioThatIsLongerThanWhatIsKept() {
        assertThat(LiveStart.refusal(NOW, NOW + 11 * DAY, NOW, RETENTION))
                .contains("the scenario lasts 11 days, longer than retention.ms (10 days), so the app would delete its"
                        + " beginning before its end");
    }

    @Test
    void refusesTimesThatNoRecordMayHave() {
        long late = Instant.parse("2099-06-01T00:00:00Z").toEpochMilli();

        assertThat(LiveStart.refusal(late, late + DAY, NOW, RETENTION))
                .contains("--shift-to 2099-06-01T00:00:00Z is too late: the times of a record lie in the years 2000 to"
                        + " 2099");
    }
}
