package org.knockon.systemtests;

import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka and of the registry that files for containers may use. Kafka itself ignores a misspelt one. */
public final class KnownSettings {

    private static final Set<String> OF_THE_REGISTRY =
            Set.of("schema.registry.url", "basic.auth.user.info", "auto.register.schemas");
    private static final String REGISTRY_SSL = "schema.registry.ssl.";
    private static final String CLIENT_TAG = "client.tag.";

    private KnownSettings() {}

    public static boolean contains(String name) {
        String topic = StreamsConfig.TOPIC_PREFIX;
        return StreamsConfig.configDef().names().contains(name)
                || ConsumerConfig.configNames().contains(name)
                || OF_THE_REGISTRY.contains(name)
                || name.startsWith(CLIENT_TAG)
                || name.equals(topic + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                || (name.startsWith(REGISTRY_SSL)
                        && AdminClientConfig.configNames().contains(name.substring("schema.registry.".length())));
    }
}
