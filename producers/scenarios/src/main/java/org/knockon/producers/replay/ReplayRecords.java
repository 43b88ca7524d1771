package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.Topic;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RegisteredSchemas;
import org.knockon.schemas.serde.KnockonSerdes;

/** Turns the events of a source into the records of a run. For one thread. */
final class ReplayRecords implements AutoCloseable {

    private static final String EXERCISE = "exercise";

    private final ReplaySettings settings;
    private final byte[] exercise;
    private final KnockonSerdes serdes;
    private final Map<Topic<?>, Serializer<Object>> serializers = new HashMap<>();
    private final Optional<RegisteredSchemas> schemas;

    ReplayRecords(ReplaySource source, ReplaySettings settings) {
        this.settings = settings;
        exercise = settings.run().getBytes(StandardCharsets.UTF_8);
        serdes = new KnockonSerdes(settings.client());
        ReplayTopics.EVENTS.forEach(this::addSerializer);
        schemas = source.schemas().map(recorded -> new RegisteredSchemas(recorded, settings.client()));
    }

    @SuppressWarnings("unchecked") // an event's value is of its topic's type
    private void addSerializer(Topic<?> topic) {
        serializers.put(topic, (Serializer<Object>) serdes.value(topic).serializer());
    }

    ProducerRecord<byte[], byte[]> of(ReplayEvent event) {
        String topic = event.topic().name(settings.topicPrefix());
        if (event.value() instanceof RecordedRecord recorded) {
            byte[] value = schemas.orElseThrow().translated(topic, recorded.value());
            Headers headers = new RecordHeaders(recorded.headers().toArray()).remove(EXERCISE);
            long timestamp = Math.max(0, recorded.timestamp());
            return new ProducerRecord<>(topic, null, timestamp, recorded.key(), value, headers.add(EXERCISE, exercise));
        }
        byte[] value = serializers.get(event.topic()).serialize(topic, event.value());
        return record(topic, event.eventTime(), event.key(), value);
    }

    /** @param value what is stored of the progress of the run */
    ProducerRecord<byte[], byte[]> progress(long eventTime, byte[] value) {
        return record(ReplayTopics.progress(settings), eventTime, settings.run(), value);
    }

    private ProducerRecord<byte[], byte[]> record(String topic, long time, String key, byte[] value) {
        return new ProducerRecord<>(
                topic,
                null,
                time,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders().add(EXERCISE, exercise));
    }

    @Override
    public void close() {
        serdes.close();
        schemas.ifPresent(RegisteredSchemas::close);
    }
}
