package org.knockon.streams;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.knockon.streams.task.TaskProcessor;

/**
 * Creates a new {@link TaskProcessor} each time Kafka Streams initializes the task. When a transaction cannot be
 * committed, Kafka Streams reverts the stores and calls {@code init} on the same processor again; anything that the
 * old object remembers would belong to the reverted transaction.
 */
final class RenewedProcessor<K, V> implements Processor<K, V, Object, Object> {

    private final Function<ProcessorContext<Object, Object>, TaskProcessor<K, V>> factory;
    private TaskProcessor<K, V> current;

    RenewedProcessor(Function<ProcessorContext<Object, Object>, TaskProcessor<K, V>> factory) {
        this.factory = factory;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        current = factory.apply(context);
    }

    @Override
    public void process(Record<K, V> record) {
        current.process(record);
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
