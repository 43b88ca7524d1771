package org.knockon.cli.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.InsyncReplicas;

/** Whether one lost broker can cost acknowledged records, or stop the writers. */
final class ReplicaChecks {

    private static final String WHAT = "replicas";

    private ReplicaChecks() {}

    /**
     * Of one topic.
     *
     * @param replicas number of replicas of each partition
     * @param minInsync how many of them must have a record before it is acknowledged
     */
    record Replication(int replicas, int minInsync) {

        private String text() {
            return replicas + (replicas == 1 ? " replica" : " replicas, at least " + minInsync + " in sync");
        }
    }

    /** Asks for the topics that exist and that this client may see. */
    static List<Check> of(Admin admin, String prefix) {
        List<String> names =
                Topics.all().stream().map(topic -> topic.name(prefix)).toList();
        Map<String, Integer> replicas = replicas(admin, names);
        SortedMap<String, Replication> topics = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<Config>> asked :
                settings(admin, replicas.keySet()).entrySet()) {
            Response<Config> response = Response.to(asked.getValue());
            if (response.denied()) {
                return List.of(Check.unknown(WHAT, "not checked: no right to DescribeConfigs"));
            }
            if (response.value() != null) {
                int minInsync = Integer.parseInt(response.value()
                        .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                        .value());
                topics.put(asked.getKey(), new Replication(replicas.get(asked.getKey()), minInsync));
            } else if (!response.refused(UnknownTopicOrPartitionException.class)) {
                return List.of(
                        Check.unknown(WHAT, "not checked: " + response.refusal().getMessage()));
            }
        }
        return of(topics);
    }

    /** A warning for each kind of risk, or one check that finds none. Nothing if there are no topics. */
    static List<Check> of(SortedMap<String, Replication> topics) {
        if (topics.isEmpty()) {
            return List.of();
        }
        SortedMap<String, List<String>> risks = new TreeMap<>();
        topics.forEach((name, replication) -> InsyncReplicas.warning(replication.replicas(), replication.minInsync())
                .ifPresent(risk ->
                        risks.computeIfAbsent(risk, none -> new ArrayList<>()).add(name)));
        if (risks.isEmpty()) {
            return List.of(Check.ok(
                    WHAT,
                    topics.values().stream()
                            .map(Replication::text)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining("; "))));
        }
        return risks.entrySet().stream()
                .map(risk -> Check.warning(WHAT, risk.getKey() + ": " + which(risk.getValue(), topics.size())))
                .toList();
    }

    private static String which(List<String> names, int all) {
        return names.size() == all
                ? "all " + all + " topics"
                : names.size() + " of " + all + " topics (" + String.join(", ", names) + ")";
    }

    private static Map<String, Integer> replicas(Admin admin, List<String> names) {
        Map<String, Integer> replicas = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, asked) -> {
            TopicDescription topic = Response.to(asked).value();
            if (topic != null) {
                replicas.put(name, topic.partitions().get(0).replicas().size());
            }
        });
        return replicas;
    }

    private static Map<String, KafkaFuture<Config>> settings(Admin admin, Iterable<String> names) {
        List<ConfigResource> resources = new ArrayList<>();
        names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
        Map<String, KafkaFuture<Config>> settings = new TreeMap<>();
        admin.describeConfigs(resources).values().forEach((resource, asked) -> settings.put(resource.name(), asked));
        return settings;
    }
}
