package org.knockon.streams.failure;

import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.knockon.schemas.Topic;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.settings.ClockMode;

/**
 * Timestamps of input records. Kafka Streams' own extractor stops the app on a negative timestamp, and a timestamp in
 * the far future would delay its partition and advance stream time. Here such a record gets the time that its
 * partition has reached. It keeps the original timestamp, for which {@link InputCheck} rejects it, so it is neither
 * dropped silently nor fatal.
 */
public final class InputTimestamps implements TimestampExtractor {

    private final InputLimits<?> limits;
    private final ClockMode mode;
    private final LongSupplier wallClock;

    /** @param topic an input topic */
    public InputTimestamps(Topic<?> topic, ClockMode mode) {
        this(topic, mode, System::currentTimeMillis);
    }

    /** @param wallClock epoch milliseconds */
    InputTimestamps(Topic<?> topic, ClockMode mode, LongSupplier wallClock) {
        this.limits = InputLimits.of(topic).orElseThrow();
        this.mode = mode;
        this.wallClock = wallClock;
    }

    /** @param partitionTime greatest timestamp of the partition so far; negative for none */
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof RawRecord<?> raw) {
            raw.setTimestamp(record.timestamp());
        }
        return EventTimes.accepts(record.timestamp(), limits.latest(mode.latest(wallClock.getAsLong())))
                ? record.timestamp()
                : Math.max(0, partitionTime);
    }
}
