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
 * Asks the brokers for an answer every five seconds. Kafka Streams stays RUNNING for as long as its brokers are away, so its state does not
 * show whether they are.
 */
final class BrokerWatch implements AutoCloseable {

    /** Without an answer for as long as this, the brokers count as away. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final String THREAD = "knockon-broker-watch";
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    /** Each question takes this long, so that three of them fit into the longest silence. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(4);

    private static final long NEVER = Long.MIN_VALUE;

    private final Admin admin;
    private final PeriodicThread thread;
    /** {@link System#nanoTime()}. */
    private final long began = System.nanoTime();

    private volatile long answeredAt = NEVER;
    /** Touched by the asking thread alone. */
    private boolean away;

    private BrokerWatch(StreamsAppSettings settings, Liveness liveness) {
        admin = Admin.create(config(settings));
        thread = PeriodicThread.start(THREAD, ASK_EVERY.minus(LONGEST_ANSWER), this::ask, liveness);
    }

    static BrokerWatch start(StreamsAppSettings settings, Liveness liveness) {
        return new BrokerWatch(settings, liveness);
    }

    /** Whether a broker has answered within the last 15 s. */
    boolean answers() {
        return answeredAt != NEVER && silence().compareTo(LONGEST_SILENCE) < 0;
    }

    /** Time since a broker answered last, or since the start where none has. */
    Duration silence() {
        long at = answeredAt;
        return Duration.ofNanos(System.nanoTime() - (at == NEVER ? began : at));
    }

    private void ask() throws InterruptedException {
        long asked = System.nanoTime();
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) LONGEST_ANSWER.toMillis()))
                    .clusterId()
                    .get();
            answeredAt = System.nanoTime();
            if (away) {
                LOG.info("a broker answers again");
            }
            away = false;
        } catch (ExecutionException | KafkaException e) {
            FatalErrors.endProcessIfFatal(THREAD, e);
            noAnswer(e instanceof ExecutionException ? e.getCause() : e);
        }
        Duration rest = LONGEST_ANSWER.minusNanos(System.nanoTime() - asked);
        Thread.sleep(Math.max(0, rest.toMillis()));
    }

    private void noAnswer(Throwable cause) {
        if (!away && silence().compareTo(LONGEST_SILENCE) >= 0) {
            away = true;
            LOG.warn(
                    "no answer from a broker for {} s, so this instance is not ready: {}",
                    silence().toSeconds(),
                    cause);
        }
    }

    private static Map<String, Object> config(StreamsAppSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST_ANSWER.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_ANSWER.toMillis());
        return config;
    }

    @Override
    public void close() {
        thread.close();
        admin.close(Duration.ofSeconds(1));
    }
}
