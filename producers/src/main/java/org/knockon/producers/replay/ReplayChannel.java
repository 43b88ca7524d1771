package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.producers.generate.ScenarioEvent;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** The way to the broker: events and the progress they make, in one transaction. */
final class ReplayChannel implements ReplayTarget {
    private static final String EXERCISE = "exercise";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ReplaySettings settings;
    private final String fingerprint;
    private final Producer<String, byte[]> producer;
    private final KnockonSerdes serdes;
    private final Map<Topic<?>, Serializer<Object>> serializers = new HashMap<>();
    private final RecordHeader exercise;
    private final long position;
    private boolean open;

    private ReplayChannel(
            ReplaySettings settings,
            String fingerprint,
            Producer<String, byte[]> producer,
            KnockonSerdes serdes,
            long position) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.producer = producer;
        this.serdes = serdes;
        this.position = position;
        this.exercise = new RecordHeader(EXERCISE, settings.run().getBytes(StandardCharsets.UTF_8));
        serializer(serdes, Topics.SYSTEMS);
        serializer(serdes, Topics.CARE_SERVICES);
        serializer(serdes, Topics.SYSTEM_HEALTH);
        serializer(serdes, Topics.APPOINTMENTS);
    }

    static ReplayChannel open(ScenarioEvents events, ReplaySettings settings) {
        String fingerprint = Checkpoint.fingerprint(events);
        KnockonSerdes serdes = new KnockonSerdes(settings.client());
        Producer<String, byte[]> producer = null;
        try {
            ReplayTopics.prepare(settings);
            producer = new KafkaProducer<>(producerConfig(settings), new StringSerializer(), new ByteArraySerializer());
            producer.initTransactions();
            long position = position(ReplayTopics.lastCheckpoint(settings), fingerprint, settings.run());
            return new ReplayChannel(settings, fingerprint, producer, serdes, position);
        } catch (KafkaException | ReplayException e) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            serdes.close();
            throw e instanceof ReplayException known
                    ? known
                    : new ReplayException("cannot start the replay: " + e.getMessage(), e);
        }
    }

    private static long position(Optional<Checkpoint> last, String fingerprint, String run) {
        last.filter(checkpoint -> !checkpoint.fingerprint().equals(fingerprint)).ifPresent(other -> {
            throw new ReplayException("run '" + run + "' has " + other.position()
                    + " events of another scenario, or of another state of this one; choose a new name for the run");
        });
        return last.map(Checkpoint::position).orElse(0L);
    }

    private static Map<String, Object> producerConfig(ReplaySettings settings) {
        boolean paced = !settings.speed().max();
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.LINGER_MS_CONFIG, paced ? 5 : 50);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000L);
        config.putAll(settings.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.topicPrefix() + "replayer");
        return config;
    }

    @SuppressWarnings("unchecked") // an event's value is of its topic's type
    private void serializer(KnockonSerdes from, Topic<?> topic) {
        serializers.put(topic, (Serializer<Object>) from.value(topic).serializer());
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void begin() {
        producer.beginTransaction();
        open = true;
    }

    @Override
    public void send(ScenarioEvent event) {
        String topic = event.topic().name(settings.topicPrefix());
        byte[] value = serializers.get(event.topic()).serialize(topic, event.value());
        RecordHeaders headers = new RecordHeaders();
        headers.add(exercise);
        producer.send(new ProducerRecord<>(topic, null, event.eventTime(), event.key(), value, headers));
    }

    @Override
    public void commit(long newPosition, long eventTime) {
        byte[] value = new Checkpoint(newPosition, fingerprint).bytes();
        RecordHeaders headers = new RecordHeaders();
        headers.add(exercise);
        producer.send(
                new ProducerRecord<>(ReplayTopics.progress(settings), null, eventTime, settings.run(), value, headers));
        producer.commitTransaction();
        open = false;
    }

    @Override
    public void close() {
        try {
            if (open) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            // The next replayer of this run makes the broker abort it, and so does the broker's own timeout.
            open = false;
        } finally {
            producer.close(CLOSE_TIMEOUT);
            serdes.close();
        }
    }
}
