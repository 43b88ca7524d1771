package org.knockon.benchmarks.programs;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Writes the bytes of one topic to another, and stores the newest record of each key if asked to. */
final class PassThrough extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final String STORE = "newest";
    private static final String PROCESSOR = "pass";

    private final LongAdder done;
    private final boolean stores;
    private KeyValueStore<byte[], byte[]> store;

    private PassThrough(LongAdder done, boolean stores) {
        this.done = done;
        this.stores = stores;
    }

    /** @param done counts the records passed on */
    static Topology topology(String from, String to, boolean stores, LongAdder done) {
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from);
        topology.addProcessor(PROCESSOR, () -> new PassThrough(done, stores), "in");
        topology.addSink("out", to, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
        if (stores) {
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                            .withCachingDisabled(),
                    PROCESSOR);
        }
        return topology;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = stores ? context.getStateStore(STORE) : null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (store != null) {
            store.put(record.key(), record.value());
        }
        context().forward(record);
        done.increment();
    }
}
