package org.knockon.producers.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events on the broker, each transaction together with the progress it makes. One thread publishes; another
 * one may close.
 */
final class ReplayChannel implements ReplayTarget {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayChannel.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ReplaySettings settings;
    private final String fingerprint;
    private final ReplayRecords records;
    private final Map<String, Object> config;
    private final Duration transactionTimeout;
    private volatile Producer<byte[], byte[]> producer;
    private volatile boolean closed;
    private boolean takingOver;
    private boolean initialised;
    private boolean committing;
    /** {@link System#nanoTime()}. */
    private long openSince;

    private ReplayChannel(ReplaySource events, ReplaySettings settings) {
        this.settings = settings;
        this.fingerprint = Checkpoint.fingerprint(events);
        this.config = producerConfig(settings);
        this.transactionTimeout = Duration.ofMillis(Long.parseLong(
                config.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG).toString()));
        this.records = new ReplayRecords(events, settings);
    }

    /** @throws ReplayException if topics are missing or the broker does not respond */
    static ReplayChannel open(ReplaySource events, ReplaySettings settings) {
        try {
            ReplayTopics.prepare(settings);
            return new ReplayChannel(events, settings);
        } catch (KafkaException e) {
            throw new ReplayException("cannot start the replay: " + ReplayFailures.reason(e), e);
        }
    }

    private static Map<String, Object> producerConfig(ReplaySettings settings) {
        boolean paced = !settings.speed().max();
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.LINGER_MS_CONFIG, paced ? 5 : 50);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000L);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
        config.putAll(settings.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.topicPrefix() + "replayer");
        // A batch waits for its broker as long as the replay does.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        return config;
    }

    @Override
    public long takeOver() {
        try {
            if (!takingOver) {
                replaceProducer();
            }
            if (!initialised) {
                producer.initTransactions();
                initialised = true;
            }
            long position = Checkpoint.position(ReplayTopics.lastCheckpoint(settings), fingerprint, settings.run());
            takingOver = false;
            return position;
        } catch (TimeoutException e) {
            // Repeated with the same producer: on a busy machine a new one might not even be connected in that time.
            throw e;
        } catch (RuntimeException e) {
            takingOver = false;
            throw e;
        }
    }

    private void replaceProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        if (closed) {
            producer.close(Duration.ZERO);
            throw new ReplayException("the replay is closed");
        }
        takingOver = true;
        initialised = false;
        committing = false;
    }

    @Override
    public void begin() {
        // Outside the transaction this may time out and be repeated; a send that times out ends its transaction.
        ReplayTopics.written(settings).forEach(producer::partitionsFor);
        producer.beginTransaction();
        openSince = System.nanoTime();
    }

    @Override
    public void send(ReplayEvent event) {
        send(records.of(event));
    }

    @Override
    public void commit(long newPosition, long eventTime) {
        if (!committing) {
            send(records.progress(eventTime, new Checkpoint(newPosition, fingerprint).bytes()));
            committing = true;
        }
        try {
            producer.commitTransaction();
        } catch (TimeoutException e) {
            throw e;
        } catch (KafkaException e) {
            throw explained(e);
        }
        committing = false;
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record);
        } catch (KafkaException e) {
            throw explained(e);
        }
    }

    /**
     * The broker refuses a producer after another one has taken over its run, and also when it has aborted a
     * transaction that stayed open for too long. Only the second can be repaired.
     */
    private KafkaException explained(KafkaException e) {
        Duration open = Duration.ofNanos(System.nanoTime() - openSince);
        return ReplayFailures.isFenced(e) && open.compareTo(transactionTimeout) > 0
                ? new TransactionAbortableException(
                        "the broker aborted a transaction that was open for " + open.toSeconds() + " s")
                : e;
    }

    /** The producer aborts an open transaction by itself. If the broker does not answer, the next replayer does. */
    @Override
    public void close() {
        closed = true;
        try {
            if (producer != null) {
                producer.close(CLOSE_TIMEOUT);
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.info("the producer did not close in order: {}", e.toString());
        } finally {
            records.close();
        }
    }
}
