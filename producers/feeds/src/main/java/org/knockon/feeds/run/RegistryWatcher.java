package org.knockon.feeds.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the registry every five seconds: schemas that are known need no registry, so publishing would not notice. */
final class RegistryWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int TIMEOUT_MILLIS = 4_000;
    /** It does not exist: "not found" proves that the registry responds. */
    private static final String SUBJECT = "knockon-connection-check";

    private final Registry registry;
    private final Thread thread;
    private volatile long respondedAt = System.nanoTime();
    private volatile boolean closed;

    RegistryWatcher(Map<String, Object> client, SupervisedThreads threads) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("http.connect.timeout.ms", TIMEOUT_MILLIS);
        config.put("http.read.timeout.ms", TIMEOUT_MILLIS);
        config.put("max.retries", 0);
        registry = RegistryClient.open(config);
        thread = threads.thread("registry", this::watch);
    }

    RegistryWatcher start() {
        thread.start();
        return this;
    }

    boolean available() {
        return System.nanoTime() - respondedAt < GRACE.toNanos();
    }

    private void watch() {
        try {
            while (!closed) {
                ask();
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped");
        } finally {
            registry.close();
        }
    }

    private void ask() {
        try {
            registry.latest(SUBJECT);
            respondedAt = System.nanoTime();
        } catch (RegistryUnavailableException e) {
            LOG.debug("no response from the registry", e);
        } catch (RegistryException e) {
            respondedAt = System.nanoTime();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
