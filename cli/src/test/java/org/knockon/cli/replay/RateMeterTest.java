package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void usesOnlyTheLastSeconds() {
        RateMeter rate = new RateMeter();
        for (int second = 0; second <= 20; second++) {
            rate.record(second * SECOND, second <= 10 ? second * 1_000L : 10_000 + (second - 10) * 10L);
        }
        assertThat(rate.perSecond()).isEqualTo(10);
    }

    @Test
    void isZeroBeforeTwoMeasurements() {
        RateMeter rate = new RateMeter();
        assertThat(rate.perSecond()).isZero();
        rate.record(0, 5);
        assertThat(rate.perSecond()).isZero();
    }
}
