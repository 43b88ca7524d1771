package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.knockon.streams.HeapStores.store;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Rules;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.StateFormatException;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** A task refuses the state of another release when it starts, before it processes any record. */
class StateOfAnotherReleaseTest {

    private static final byte VERSION_OF_0_1 = 2;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    @Test
    void isRefusedAtTheStart() {
        store(context, Names.SITUATION, Serdes.String(), writtenBy01()).put("clock", new Broadcast.Tick(0));
        store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        PipelineSettings settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Live(60_000),
                Duration.ofDays(400).toMillis(),
                60_000,
                20);

        assertThatThrownBy(() ->
                        new ImpactAssessor(context, settings, new Activity(), (topic, partition, wallClock) -> true))
                .isInstanceOf(StateFormatException.class)
                .hasMessageContaining("cannot read broadcast")
                .hasMessageContaining("version 2 where this release reads version 3");
    }

    private static Serde<Broadcast> writtenBy01() {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    byte[] bytes = InternalSerdes.BROADCAST.serializer().serialize(topic, value);
                    bytes[0] = VERSION_OF_0_1;
                    return bytes;
                },
                InternalSerdes.BROADCAST.deserializer());
    }
}
