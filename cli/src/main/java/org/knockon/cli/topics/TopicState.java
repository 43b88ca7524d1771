package org.knockon.cli.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.Json;
import org.knockon.schemas.Topic;

/**
 * A topic and its state on the broker.
 *
 * @param partitions 0 if the topic does not exist
 * @param minInsyncReplicas how many replicas must have a record before it is acknowledged; 0 if the topic does not exist
 * @param cleanup cleanup policy on the broker; null if the topic does not exist
 * @param retentionMillis retention on the broker; null if the topic does not exist
 */
record TopicState(
        Topic<?> topic,
        String name,
        int partitions,
        int replicas,
        int minInsyncReplicas,
        String cleanup,
        String retentionMillis) {

    /** Returns the states in the order of the given topics. */
    static List<TopicState> of(Admin admin, List<TopicNames.Named> topics) {
        List<String> names = topics.stream().map(TopicNames.Named::name).toList();
        Map<String, TopicDescription> described = Connectivity.existing(admin, names);
        Map<String, Config> configs = configs(admin, described.keySet());
        List<TopicState> states = new ArrayList<>();
        for (TopicNames.Named named : topics) {
            Topic<?> topic = named.topic();
            String name = named.name();
            TopicDescription found = described.get(name);
            states.add(
                    found == null
                            ? new TopicState(topic, name, 0, 0, 0, null, null)
                            : new TopicState(
                                    topic,
                                    name,
                                    found.partitions().size(),
                                    found.partitions().get(0).replicas().size(),
                                    Integer.parseInt(value(configs.get(name), TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)),
                                    value(configs.get(name), TopicConfig.CLEANUP_POLICY_CONFIG),
                                    value(configs.get(name), TopicConfig.RETENTION_MS_CONFIG)));
        }
        return states;
    }

    boolean exists() {
        return partitions > 0;
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("topic", name)
                .put("exists", exists())
                .put("key", topic.key())
                .put("value", topic.valueType().getSimpleName())
                .put("doc", topic.doc());
        if (exists()) {
            json.put("partitions", partitions)
                    .put("replicas", replicas)
                    .put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minInsyncReplicas)
                    .put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup)
                    .put(TopicConfig.RETENTION_MS_CONFIG, retentionMillis);
        }
        return json;
    }

    private static String value(Config config, String setting) {
        return config.get(setting).value();
    }

    private static Map<String, Config> configs(Admin admin, Iterable<String> names) {
        List<ConfigResource> resources = new ArrayList<>();
        names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
        Map<String, Config> configs = new HashMap<>();
        try {
            admin.describeConfigs(resources)
                    .all()
                    .get()
                    .forEach((resource, config) -> configs.put(resource.name(), config));
            return configs;
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot read topic settings: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
