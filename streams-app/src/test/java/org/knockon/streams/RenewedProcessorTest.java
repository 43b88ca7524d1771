package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RenewedProcessorTest {

    @Test
    void remembersNothingOfWhatWasUndone() {
        RenewedProcessor<String, String> processor = new RenewedProcessor<>(Remembering::new);
        MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

        processor.init(context);
        processor.process(new Record<>("key", "undone", 0));
        processor.close();
        processor.init(context);
        processor.process(new Record<>("key", "done", 1));

        assertThat(context.forwarded().stream()
                        .map(forward -> forward.record().value().toString())
                        .toList())
                .containsExactly("[undone]", "[done]");
    }

    private static final class Remembering extends ContextualProcessor<String, String, Object, Object> {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void process(Record<String, String> record) {
            seen.add(record.value());
            context().forward(new Record<>(record.key(), List.copyOf(seen), record.timestamp()));
        }
    }
}
