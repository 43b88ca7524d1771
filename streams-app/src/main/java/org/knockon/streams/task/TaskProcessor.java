package org.knockon.streams.task;

import org.apache.kafka.streams.processor.api.Record;

/**
 * A processor as one task uses it, from the start of the task to its end. Its constructor receives the task's context,
 * so all its fields can be final and it needs no {@code init}.
 */
public interface TaskProcessor<K, V> {

    void process(Record<K, V> record);

    /** Cancels what it has scheduled. The stores are still open. */
    void close();
}
