package org.knockon.streams;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;

/** Whatever the order of arrival, what comes out is what the batch oracle says. */
class ConvergenceSimulationTest {

    /** More on demand: {@code -Dsimulation.seeds=20000}, or others: {@code -Dsimulation.first=5000}. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);

    private static final int FIRST = Integer.getInteger("simulation.first", 0);

    @Test
    void anyOrderOfArrivalGivesWhatTheOracleSays() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            RandomWorld world = RandomWorld.of(seed);
            check(seed, world.shuffled(seed));
        }
    }

    private static void check(long seed, List<WorldEvent> arrival) {
        Comparison comparison = compare(arrival);
        if (!comparison.matches()) {
            fail("seed " + seed + ": " + comparison + "\n" + WorldEvent.print(arrival));
        }
    }

    private static Comparison compare(List<WorldEvent> arrival) {
        try (PipelineDriver driver = new PipelineDriver()) {
            arrival.forEach(driver::send);
            driver.settle();
            return Comparison.of(
                    BatchOracle.judge(RandomWorld.inputs(arrival), Rules.DEFAULT),
                    driver.outages(),
                    driver.impacts(),
                    driver.counts());
        }
    }
}
