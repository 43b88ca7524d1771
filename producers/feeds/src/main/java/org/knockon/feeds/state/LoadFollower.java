package org.knockon.feeds.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.feeds.publish.BulkPublisher;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what a first load publishes while the feeds run. Without it, a short cancellation of an appointment that was
 * just loaded would be of an unknown one.
 */
public final class LoadFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int FETCH_BYTES = 256 * 1024;
    private static final String SOURCE = "ce_source";

    private final FeedMemory memory;
    private final KnockonSerdes serdes;
    private final Deserializer<AppointmentVersion> versions;
    private final CommittedReader reader;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Follows what comes from now on. What came before is read by {@link MemoryReader}, afterwards, so that nothing is
     * left out.
     *
     * @throws KafkaException if the broker does not answer or the topic is missing
     */
    public LoadFollower(Map<String, Object> client, String prefix, FeedMemory memory, SupervisedThreads threads) {
        this.memory = memory;
        reader = new CommittedReader(unhurried(client), List.of(Topics.APPOINTMENTS.name(prefix)));
        try {
            reader.seekToEnd();
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        serdes = new KnockonSerdes(client);
        versions = serdes.value(Topics.APPOINTMENTS).deserializer();
        thread = threads.thread("load-follower", this::follow);
        thread.start();
    }

    /** The feeds' own records come here too: fetched one by one they took a seventh of the CPU of a busy feed. */
    private static Map<String, Object> unhurried(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
        return settings;
    }

    private void follow() {
        try {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (loaded(record)) {
                        remember(record);
                    }
                }
            }
        } catch (WakeupException | InterruptedException closing) {
            LOG.debug("stopped");
        } finally {
            reader.close();
            serdes.close();
        }
    }

    /** Looks at the header only: most records are those that the feeds have just published themselves. */
    private static boolean loaded(ConsumerRecord<byte[], byte[]> record) {
        Header source = record.headers().lastHeader(SOURCE);
        return source != null && new String(source.value(), StandardCharsets.UTF_8).endsWith(BulkPublisher.SOURCE_END);
    }

    private void remember(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (!closed) {
            try {
                AppointmentVersion version = versions.deserialize(record.topic(), record.value());
                if (version != null) {
                    memory.remember(version, "");
                }
                return;
            } catch (SerializationException e) {
                if (!RegistryUnavailableException.isBehind(e)) {
                    return; // What is bad is reported where it is used, by the pipeline.
                }
                Thread.sleep(RETRY.toMillis());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeup();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
