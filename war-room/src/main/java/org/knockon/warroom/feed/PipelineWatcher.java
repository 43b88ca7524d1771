package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.PartitionProgress;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.health.BrokerWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the streams app through the progress that it publishes: on a quiet day the impact topics look the same whether
 * the app is running or has died. Needs no right on the app's inputs, which hold pseudonyms, or on its group.
 */
final class PipelineWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatcher.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long CLOSE_MILLIS = 4_000;

    private final Map<String, Object> client;
    private final String topic;
    private final BrokerWatcher broker;
    private final Thread thread;
    /** Guarded by itself. */
    private final InputBacklog backlog = new InputBacklog(System.nanoTime());

    private final SkippedRecords skipped = new SkippedRecords();
    private volatile boolean closed;

    /** @param broker tells a pipeline that has stopped from a broker that does not respond */
    PipelineWatcher(Map<String, Object> client, String prefix, BrokerWatcher broker, SupervisedThreads threads) {
        this.client = client;
        this.broker = broker;
        topic = Topics.INPUT_PROGRESS.name(prefix);
        thread = threads.thread("pipeline", this::watch);
    }

    void start() {
        thread.start();
    }

    PipelineStatus pipeline() {
        synchronized (backlog) {
            return backlog.status(System.nanoTime(), broker.respondedAt());
        }
    }

    private void watch() {
        while (!closed) {
            try {
                follow();
            } catch (KafkaException e) {
                if (!closed) {
                    LOG.warn("could not read the progress of the pipeline, starting again: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void follow() {
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(client, List.of(topic))) {
            var deserializer = serdes.value(Topics.INPUT_PROGRESS).deserializer();
            Map<TopicPartition, Long> stored = reader.ends();
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    long end = stored.get(new TopicPartition(record.topic(), record.partition()));
                    decoded(record, deserializer).ifPresent(progress -> accept(progress, record.offset() < end));
                }
            }
        }
    }

    private void accept(PartitionProgress progress, boolean stored) {
        synchronized (backlog) {
            if (stored) {
                backlog.onStored(progress);
            } else {
                backlog.onReport(progress, System.nanoTime());
            }
        }
    }

    /** Empty for a record that the pipeline cannot have written. */
    private Optional<PartitionProgress> decoded(
            ConsumerRecord<byte[], byte[]> record, Deserializer<PartitionProgress> deserializer) {
        try {
            String key = record.key() == null ? "" : new String(record.key(), UTF_8);
            RecordChecks.size(key, record.value());
            PartitionProgress progress = deserializer.deserialize(topic, record.value());
            if (progress == null || !progress.key().equals(key)) {
                throw new SerializationException("the key is not that of the value");
            }
            return Optional.of(progress);
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            skipped.add(record, TopicReader.safeMessage(e));
            return Optional.empty();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            LOG.debug("stopped watching", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
