package org.knockon.streams.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request to the brokers every five seconds. Kafka Streams stays RUNNING while its brokers are unreachable, so
 * its state does not show it.
 */
final class BrokerWatcher implements AutoCloseable {

    /** After this long without a response the brokers count as unreachable. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatcher.class);
    private static final String THREAD = "knockon-broker-watch";
    private static final Duration REQUEST_EVERY = Duration.ofSeconds(5);
    /** Timeout of a request. Three requests fit into the longest silence. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

    private static final long NEVER = Long.MIN_VALUE;

    private final Admin admin;
    private final PeriodicThread thread;
    /** {@link System#nanoTime()}. */
    private final long began = System.nanoTime();

    private volatile long respondedAt = NEVER;
    /** Used by the watching thread only. */
    private boolean unreachable;

    private BrokerWatcher(StreamsAppSettings settings, Liveness liveness) {
        admin = Admin.create(config(settings));
        thread = PeriodicThread.start(THREAD, REQUEST_EVERY.minus(REQUEST_TIMEOUT), this::request, liveness);
    }

    static BrokerWatcher start(StreamsAppSettings settings, Liveness liveness) {
        return new BrokerWatcher(settings, liveness);
    }

    /** Whether a broker has responded within the last 15 s. */
    boolean isReachable() {
        return respondedAt != NEVER && silence().compareTo(LONGEST_SILENCE) < 0;
    }

    /** Time since the last response of a broker, or since the start if there was none. */
    Duration silence() {
        long at = respondedAt;
        return Duration.ofNanos(System.nanoTime() - (at == NEVER ? began : at));
    }

    private void request() throws InterruptedException {
        long started = System.nanoTime();
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) REQUEST_TIMEOUT.toMillis()))
                    .clusterId()
                    .get();
            respondedAt = System.nanoTime();
            if (unreachable) {
                LOG.info("a broker responds again");
            }
            unreachable = false;
        } catch (ExecutionException | KafkaException e) {
            FatalErrors.endProcessIfFatal(THREAD, e);
            noResponse(e instanceof ExecutionException ? e.getCause() : e);
        }
        Duration rest = REQUEST_TIMEOUT.minusNanos(System.nanoTime() - started);
        Thread.sleep(Math.max(0, rest.toMillis()));
    }

    private void noResponse(Throwable cause) {
        if (!unreachable && silence().compareTo(LONGEST_SILENCE) >= 0) {
            unreachable = true;
            LOG.warn(
                    "no response from a broker for {} s, so this instance is not ready: {}",
                    silence().toSeconds(),
                    cause);
        }
    }

    private static Map<String, Object> config(StreamsAppSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        return config;
    }

    @Override
    public void close() {
        thread.close();
        admin.close(Duration.ofSeconds(1));
    }
}
