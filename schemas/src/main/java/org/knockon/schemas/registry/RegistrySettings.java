package org.knockon.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to reach the registry.
 *
 * @param urls tried in this order, starting with the one that responded last; without user info
 * @param authorization value of the Authorization header, if any
 * @param retries rounds over all URLs after the first round
 * @param firstWait pause before the first retry; doubles each time
 * @param maxWait longest pause between two rounds
 * @param tls for https URLs; empty for the JDK's default
 */
record RegistrySettings(
        List<URI> urls,
        Optional<String> authorization,
        int retries,
        Duration firstWait,
        Duration maxWait,
        Duration connectTimeout,
        Duration readTimeout,
        Optional<SSLContext> tls) {

    RegistrySettings {
        urls = List.copyOf(urls);
    }

    /**
     * Reads a client's settings.
     *
     * @param config keys with Confluent's names; other keys are ignored
     * @throws ConfigException with all problems at once, without secrets
     */
    static RegistrySettings from(Map<String, ?> config) {
        return new RegistryConfigReader(config).read();
    }
}
