package org.knockon.streams;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.Shrinker;
import org.knockon.oracle.worlds.WorldEvent;

/** Whatever the order of arrival, the output equals that of the batch oracle. */
class ConvergenceSimulationTest {

    private static final boolean LONG = Boolean.getBoolean("knockon.long");

    /**
     * More with {@code ./verify --long}; another number with {@code -Dsimulation.seeds=50000}, other seeds with {@code
     * -Dsimulation.first=5000}.
     */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", LONG ? 20_000 : 500);

    private static final int FIRST = Integer.getInteger("simulation.first", 0);

    private static final Duration SHRINK_FOR = Duration.ofSeconds(30);

    private static final int SEEDS_ON_DISK = LONG ? 200 : 20;

    @Test
    void anyOrderOfArrivalGivesTheResultOfTheOracle() {
        check(FIRST, SEEDS, PipelineDriver::onHeap);
    }

    @Test
    void anyOrderGivesTheSameResultWithStoresOnDisk() {
        check(FIRST + SEEDS, SEEDS_ON_DISK, PipelineDriver::onDisk);
    }

    private static void check(long first, int seeds, Function<Rules, PipelineDriver> drivers) {
        LongStream.range(first, first + seeds).parallel().forEach(seed -> {
            List<WorldEvent> arrival = RandomWorld.of(seed).shuffled(seed);
            Rules rules = RandomWorld.rules(seed);
            if (!compare(arrival, rules, drivers).matches()) {
                Shrinker.Shrunk smallest = Shrinker.within(SHRINK_FOR)
                        .shrink(
                                arrival,
                                events -> !compare(events, rules, drivers).matches());
                fail("seed " + seed + ": " + compare(smallest.events(), rules, drivers) + "\n" + smallest);
            }
        });
    }

    private static Comparison compare(List<WorldEvent> arrival, Rules rules, Function<Rules, PipelineDriver> drivers) {
        try (PipelineDriver driver = drivers.apply(rules)) {
            arrival.forEach(driver::send);
            driver.settle();
            return Comparison.of(
                    BatchOracle.judge(RandomWorld.inputs(arrival), rules),
                    driver.outages(),
                    driver.impacts(),
                    driver.counts());
        }
    }
}
