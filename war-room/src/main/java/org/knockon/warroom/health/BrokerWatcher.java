package org.knockon.warroom.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the broker every five seconds: a consumer that receives nothing cannot tell a quiet broker from a missing one.
 */
public final class BrokerWatcher implements AutoCloseable {

    /** After this time without a response the broker counts as unavailable. */
    public static final Duration GRACE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatcher.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 4_000;

    private final Admin admin;
    private final Thread thread;
    private volatile long respondedAt = System.nanoTime();
    private volatile boolean closed;

    /** Polls once started. Until {@link #GRACE} from now the broker counts as available. */
    public BrokerWatcher(Map<String, Object> client, SupervisedThreads threads) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        admin = Admin.create(config);
        thread = threads.thread("broker", this::watch);
    }

    public void start() {
        thread.start();
    }

    /** Whether the broker responded recently. */
    public boolean available() {
        return System.nanoTime() - respondedAt < GRACE.toNanos();
    }

    /** {@link System#nanoTime} of the last response; before the first, of the start. */
    public long respondedAt() {
        return respondedAt;
    }

    private void watch() {
        try {
            while (!closed) {
                long polledAt = System.nanoTime();
                poll();
                Thread.sleep(Math.max(0, POLL_INTERVAL.toMillis() - (System.nanoTime() - polledAt) / 1_000_000));
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped polling");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void poll() throws InterruptedException {
        try {
            admin.describeCluster().nodes().get();
            respondedAt = System.nanoTime();
        } catch (ExecutionException | KafkaException e) {
            LOG.debug("no response from the broker", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
