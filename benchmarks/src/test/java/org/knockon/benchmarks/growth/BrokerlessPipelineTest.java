package org.knockon.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerlessPipelineTest {

    private static Stream<GrowingInput> inputs() {
        return Stream.concat(Stream.of(SingleKeyInput.values()), Stream.of(DependencyInput.values()));
    }

    /** A dead letter would throw; without changelogs or outages nothing would have been measured. */
    @ParameterizedTest
    @MethodSource("inputs")
    void everyInputIsProcessedAndCosts(GrowingInput input) throws Exception {
        try (BrokerlessPipeline pipeline = new BrokerlessPipeline()) {
            input.prepare(pipeline, 20);
            pipeline.restart();
            input.run(pipeline, 20);
            pipeline.settle();
            BrokerlessPipeline.Cost cost = pipeline.cost();
            assertThat(cost.cpuSeconds()).isPositive();
            assertThat(cost.longestMillis()).isPositive().isLessThanOrEqualTo(cost.cpuSeconds() * 1_000);
            assertThat(cost.changelogBytes()).isPositive();
            if (input instanceof DependencyInput && input != DependencyInput.RENAMES) {
                assertThat(cost.outageRecords()).isPositive();
            }
        }
    }
}
