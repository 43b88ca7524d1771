package org.knockon.streams;

import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A new processor whenever Kafka Streams begins again. When a transaction could not be committed it undoes the stores and calls {@code
 * init} on the very same object, and what that object remembers of the time before has never happened.
 */
final class RenewedProcessor<K, V> implements Processor<K, V, Object, Object> {

    private final Supplier<Processor<K, V, Object, Object>> supplier;
    private Processor<K, V, Object, Object> current;

    RenewedProcessor(Supplier<Processor<K, V, Object, Object>> supplier) {
        this.supplier = supplier;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        current = supplier.get();
        current.init(context);
    }

    @Override
    public void process(Record<K, V> record) {
        current.process(record);
    }

    @Override
    public void close() {
        current.close();
    }
}
