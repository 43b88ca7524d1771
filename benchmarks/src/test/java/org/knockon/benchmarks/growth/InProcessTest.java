package org.knockon.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InProcessTest {

    private static Stream<Input> inputs() {
        return Stream.concat(Stream.of(OneKey.values()), Stream.of(Dependents.values()));
    }

    /** A refused record would throw; an outage or an impact that nobody wrote would mean that nothing was measured. */
    @ParameterizedTest
    @MethodSource("inputs")
    void everyInputIsProcessedAndCosts(Input input) throws Exception {
        try (InProcess pipeline = new InProcess()) {
            input.prepare(pipeline, 20);
            pipeline.restart();
            input.run(pipeline, 20);
            pipeline.settle();
            InProcess.Cost cost = pipeline.cost();
            assertThat(cost.cpuSeconds()).isPositive();
            assertThat(cost.longestMillis()).isPositive().isLessThanOrEqualTo(cost.cpuSeconds() * 1_000);
            assertThat(cost.changelogBytes()).isPositive();
            if (input instanceof Dependents && input != Dependents.RENAMES) {
                assertThat(cost.outageRecords()).isPositive();
            }
        }
    }
}
