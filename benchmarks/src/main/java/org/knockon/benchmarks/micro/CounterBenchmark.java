package org.knockon.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.count.ImpactCounter;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One partial count of one cell, when few and when many partitions have said theirs. Stores are on the heap, without changelog. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CounterBenchmark {

    private static final String CELL = "ALL";
    private static final int FEW = 4;
    private static final int MANY = 256;

    private ImpactCounter few;
    private ImpactCounter many;
    private long next;

    /** Every partition says its count once. */
    @Setup
    public void prepare() {
        few = counter(FEW);
        many = counter(MANY);
    }

    private static ImpactCounter counter(int partitions) {
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        context.setCurrentStreamTimeMs(0);
        store(context, Names.CELL_PARTIALS, Serdes.String(), InternalSerdes.COUNTS);
        store(context, Names.CELL_TALLIES, Serdes.String(), InternalSerdes.CELL_TALLY);
        store(context, Names.PARTITION_CLOCKS, Serdes.Integer(), Serdes.Long());
        ImpactCounter counter = new ImpactCounter(context, new Activity());
        for (int partition = 0; partition < partitions; partition++) {
            counter.process(partial(partition, 1));
        }
        return counter;
    }

    private static <K, V> void store(MockProcessorContext<?, ?> context, String name, Serde<K> key, Serde<V> value) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private static Record<String, Partial> partial(int partition, long count) {
        return new Record<>(CELL, new Partial.CellCount(partition, new ImpactCounts(count, 0, 0, 0, 0, 0, 0, 0)), 0);
    }

    @Benchmark
    public void ofFewPartitions() {
        few.process(partial((int) (next % FEW), ++next));
    }

    @Benchmark
    public void ofManyPartitions() {
        many.process(partial((int) (next % MANY), ++next));
    }
}
