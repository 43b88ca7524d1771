package org.knockon.feeds.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ids in the catalogue, kept up to date. */
final class CatalogueIds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueIds.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String systemsTopic;
    private final CommittedReader reader;
    private final Set<String> systems = ConcurrentHashMap.newKeySet();
    private final Set<String> services = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Reads the catalogue as it is now, and then follows it.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer or a topic is missing
     */
    CatalogueIds(Map<String, Object> client, String prefix, SupervisedThreads threads) {
        systemsTopic = Topics.SYSTEMS.name(prefix);
        reader = new CommittedReader(client, List.of(systemsTopic, Topics.CARE_SERVICES.name(prefix)));
        thread = threads.thread("catalogue", this::follow);
        try {
            reader.readToEnd(this::read);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        thread.start();
    }

    boolean hasSystem(String id) {
        return systems.contains(id);
    }

    boolean hasService(String id) {
        return services.contains(id);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Set<String> ids = record.topic().equals(systemsTopic) ? systems : services;
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            ids.remove(id);
        } else {
            ids.add(id);
        }
    }

    private void follow() {
        try {
            while (!closed) {
                reader.poll(POLL).forEach(this::read);
            }
        } catch (WakeupException closing) {
            LOG.debug("stopped");
        } finally {
            reader.close();
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
