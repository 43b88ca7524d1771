package org.knockon.feeds.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageHistoryTest {
    private static final long MINUTE = 60_000;

    @Test
    void knowsTheLastSixteenHoweverOld() {
        MessageHistory history = MessageHistory.EMPTY;
        for (int i = 0; i < 17; i++) {
            history = history.with("digest-" + i, i * 120 * MINUTE);
        }

        assertThat(history.contains("digest-0")).isFalse();
        assertThat(history.contains("digest-1")).isTrue();
        assertThat(history.contains("digest-16")).isTrue();
    }

    @Test
    void knowsAllOfTheLastHour() {
        MessageHistory history = MessageHistory.EMPTY;
        for (int i = 0; i <= 120; i++) {
            history = history.with("digest-" + i, i * MINUTE);
        }

        assertThat(history.contains("digest-60")).isTrue();
        assertThat(history.contains("digest-59")).isFalse();
        assertThat(history.entries()).hasSize(61);
    }
}
