package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.knockon.streams.task.TaskProcessor;

class RenewedProcessorTest {

    @Test
    void remembersNothingOfAnAbortedTransaction() {
        RenewedProcessor<String, String> processor = new RenewedProcessor<>(Remembering::new);
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

        processor.init(context);
        processor.process(new Record<>("key", "aborted", 0));
        processor.close();
        processor.init(context);
        processor.process(new Record<>("key", "committed", 1));

        assertThat(context.forwarded().stream()
                        .map(forward -> forward.record().value().toString())
                        .toList())
                .containsExactly("[aborted]", "[committed]");
    }

    private static final class Remembering implements TaskProcessor<String, String> {

        private final ProcessorContext<Object, Object> context;
        private final List<String> seen = new ArrayList<>();

        Remembering(ProcessorContext<Object, Object> context) {
            this.context = context;
        }

        @Override
        public void process(Record<String, String> record) {
            seen.add(record.value());
            context.forward(new Record<>(record.key(), List.copyOf(seen), record.timestamp()));
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
