package org.knockon.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class FlatnessTest {

    private static final double SHARE = 0.1;

    @Test
    void riseBeyondTheToleratedShareIsNotFlat() {
        Flatness leak = Flatness.of(points(minute -> 100 + minute), SHARE, 1);
        assertThat(leak.from()).isCloseTo(100, within(1e-9));
        assertThat(leak.to()).isCloseTo(124, within(1e-9));
        assertThat(leak.flat()).isFalse();
        assertThat(leak.toString()).isEqualTo("NOT FLAT: from 100.0 to 124.0, a rise of 24.0; tolerated 11.2");
    }

    @Test
    void noiseAroundALevelIsFlat() {
        Random random = new Random(1);
        assertThat(Flatness.of(points(minute -> 100 + random.nextInt(10)), SHARE, 1)
                        .flat())
                .isTrue();
    }

    @Test
    void sawtoothIsFlat() {
        assertThat(Flatness.of(points(minute -> 100 + 10 * (minute % 5)), SHARE, 1)
                        .flat())
                .isTrue();
    }

    @Test
    void fallingLineIsFlat() {
        assertThat(Flatness.of(points(minute -> 1_000 - 30 * minute), SHARE, 1).flat())
                .isTrue();
    }

    @Test
    void smallAbsoluteRiseIsTolerated() {
        assertThat(Flatness.of(points(minute -> minute < 12 ? 2 : 4), SHARE, 3).flat())
                .isTrue();
        assertThat(Flatness.of(points(minute -> minute < 12 ? 2 : 4), SHARE, 0).flat())
                .isFalse();
    }

    private static List<double[]> points(IntToDoubleFunction value) {
        List<double[]> points = new ArrayList<>();
        for (int minute = 0; minute < 25; minute++) {
            points.add(new double[] {minute, value.applyAsDouble(minute)});
        }
        return points;
    }
}
