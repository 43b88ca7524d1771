package org.knockon.warroom.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker every five seconds whether it is there: a reader that gets nothing cannot tell quiet from gone. */
public final class BrokerWatcher implements AutoCloseable {

    /** Without an answer for so long it is taken for gone. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatcher.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    private static final int LONGEST_MILLIS = 4_000;

    private final Admin admin;
    private final Thread thread;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean closed;

    /** Asks once it is started; until then, and {@link #PATIENCE} from now, it is taken for there. */
    public BrokerWatcher(Map<String, Object> client, SupervisedThreads threads) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_MILLIS);
        admin = Admin.create(config);
        thread = threads.thread("broker", this::watch);
    }

    public void start() {
        thread.start();
    }

    /** Whether the broker answered lately. */
    public boolean answers() {
        return System.nanoTime() - answeredAt < PATIENCE.toNanos();
    }

    private void watch() {
        try {
            while (!closed) {
                long asked = System.nanoTime();
                ask();
                Thread.sleep(Math.max(0, ASK_EVERY.toMillis() - (System.nanoTime() - asked) / 1_000_000));
            }
        } catch (InterruptedException closing) {
            LOG.debug("asked long enough");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void ask() throws InterruptedException {
        try {
            admin.describeCluster().nodes().get();
            answeredAt = System.nanoTime();
        } catch (ExecutionException | KafkaException e) {
            LOG.debug("the broker does not answer", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LONGEST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
