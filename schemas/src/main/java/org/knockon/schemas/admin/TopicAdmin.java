package org.knockon.schemas.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** Creates the topics of {@link Topics}, without relying on automatic creation by the broker. */
public final class TopicAdmin {

    /**
     * Room for the largest original record, which Kafka limits to 1 MiB when compressed, and for the headers that
     * describe the error. Matches the largest request of the streams app's producer.
     */
    private static final int DEAD_LETTER_BYTES = 4 * 1024 * 1024;

    /**
     * The broker compacts closed segments only, and its default closes one after a week. Readers of the topic start at
     * its beginning.
     */
    private static final Duration PROGRESS_SEGMENT = Duration.ofMinutes(10);

    private static final int VISIBLE_ATTEMPTS = 300;
    private static final long VISIBLE_PAUSE_MILLIS = 100;

    private TopicAdmin() {}

    /**
     * Creates missing topics and waits until every partition has a leader that serves it. Does not change existing
     * topics.
     *
     * @throws KafkaException naming the topic and the broker's response
     * @throws IllegalArgumentException if more replicas would have to have a record than the broker makes by default
     */
    public static TopicReport create(Admin admin, String prefix, TopicOptions options) {
        Map<String, Topic<?>> wanted = new LinkedHashMap<>();
        Topics.all().forEach(topic -> wanted.put(topic.name(prefix), topic));
        Map<String, TopicDescription> before = describe(admin, wanted.keySet());
        List<String> created = new ArrayList<>();
        List<NewTopic> missing = wanted.entrySet().stream()
                .filter(entry -> !before.containsKey(entry.getKey()))
                .map(entry -> newTopic(entry.getKey(), entry.getValue(), options))
                .toList();
        if (!missing.isEmpty()) {
            OptionalInt replicas = replicas(admin, missing.get(0), options);
            replicas.ifPresent(options::requireAtMost);
            minInsync(options, replicas)
                    .ifPresent(value -> missing.forEach(topic ->
                            topic.configs().put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(value))));
        }
        admin.createTopics(missing).values().forEach((name, future) -> {
            if (createdByUs(name, future)) {
                created.add(name);
            }
        });
        awaitVisible(admin, wanted.keySet());
        List<String> existing =
                wanted.keySet().stream().filter(name -> !created.contains(name)).toList();
        return new TopicReport(created, existing, differences(admin, existing, wanted, options));
    }

    /** Topic settings from the table, other than partitions and replicas. */
    public static Map<String, String> settings(Topic<?> topic, TopicOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        boolean compact = topic.cleanup() == Topic.Cleanup.COMPACT;
        settings.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                compact ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
        if (options.keepForever()) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        } else {
            topic.retention()
                    .ifPresent(age -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(age.toMillis())));
        }
        // The pipeline handles impossible timestamps one by one; the broker would refuse the whole batch.
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        if (topic == Topics.DEAD_LETTERS) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_BYTES));
        }
        if (topic == Topics.INPUT_PROGRESS) {
            settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(PROGRESS_SEGMENT.toMillis()));
        }
        return settings;
    }

    private static OptionalInt minInsync(TopicOptions options, OptionalInt replicas) {
        return options.minInsyncReplicas().isPresent() || replicas.isEmpty()
                ? options.minInsyncReplicas()
                : InsyncReplicas.byDefault(replicas.getAsInt());
    }

    /**
     * How many replicas a new topic will have. If this is left to the broker, it is asked with a request that creates
     * nothing. Empty if it does not say, because the user may not see the topic's settings; then creating goes on with
     * its own default.
     */
    private static OptionalInt replicas(Admin admin, NewTopic topic, TopicOptions options) {
        if (options.replicationFactor() > 0) {
            return OptionalInt.of(options.replicationFactor());
        }
        try {
            return OptionalInt.of(admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                    .replicationFactor(topic.name())
                    .get());
        } catch (ExecutionException unknown) {
            // What else is wrong, creating the topic reports.
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static int partitions(Topic<?> topic, TopicOptions options) {
        return topic.partitioned() ? options.partitions() : topic.partitions();
    }

    private static NewTopic newTopic(String name, Topic<?> topic, TopicOptions options) {
        return new NewTopic(name, partitions(topic, options), options.replicationFactor())
                .configs(settings(topic, options));
    }

    /** False if another client created the topic first. */
    private static boolean createdByUs(String name, KafkaFuture<Void> future) {
        try {
            future.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new KafkaException(
                    "cannot create topic " + name + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void awaitVisible(Admin admin, Iterable<String> names) {
        List<String> unseen = new ArrayList<>();
        names.forEach(unseen::add);
        for (int attempt = 0; attempt < VISIBLE_ATTEMPTS; attempt++) {
            Map<String, TopicDescription> seen = describe(admin, unseen);
            unseen.removeIf(name -> seen.containsKey(name)
                    && seen.get(name).partitions().stream().allMatch(p -> p.leader() != null));
            if (unseen.isEmpty()) {
                awaitServed(admin, describe(admin, names));
                return;
            }
            try {
                Thread.sleep(VISIBLE_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        throw new TimeoutException("topics were created, but after " + VISIBLE_ATTEMPTS * VISIBLE_PAUSE_MILLIS / 1000
                + " s these have no leader: " + String.join(", ", unseen));
    }

    /**
     * A broker is announced as leader shortly before it serves the partition. An idempotent producer that sends in
     * between can have its second batch accepted and its first refused until it gives up.
     */
    private static void awaitServed(Admin admin, Map<String, TopicDescription> topics) {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(partition -> all.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        try {
            admin.listOffsets(all).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "topics were created, but some partitions are not served: "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<String, TopicDescription> describe(Admin admin, Iterable<String> names) {
        List<String> wanted = new ArrayList<>();
        names.forEach(wanted::add);
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(wanted).topicNameValues().forEach((name, future) -> {
            try {
                found.put(name, future.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException(
                            "cannot describe topic " + name + ": "
                                    + e.getCause().getMessage(),
                            e.getCause());
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        });
        return found;
    }

    private static List<TopicReport.Difference> differences(
            Admin admin, List<String> existing, Map<String, Topic<?>> wanted, TopicOptions options) {
        List<TopicReport.Difference> differences = new ArrayList<>();
        Map<String, TopicDescription> described = describe(admin, existing);
        Map<String, Config> configs = configs(admin, existing);
        for (String name : existing) {
            Topic<?> topic = wanted.get(name);
            TopicDescription actual = described.get(name);
            compare(
                    differences,
                    name,
                    "partitions",
                    partitions(topic, options),
                    actual.partitions().size());
            int replicas = actual.partitions().get(0).replicas().size();
            if (options.replicationFactor() > 0) {
                compare(differences, name, "replication factor", options.replicationFactor(), replicas);
            }
            compareMinInsync(
                    differences,
                    name,
                    options,
                    replicas,
                    configs.get(name)
                            .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                            .value());
            settings(topic, options)
                    .forEach((setting, value) -> compare(
                            differences,
                            name,
                            setting,
                            value,
                            configs.get(name).get(setting).value()));
        }
        return differences;
    }

    /** A value above the default is the operator's choice; only the user of this command can call it a difference. */
    private static void compareMinInsync(
            List<TopicReport.Difference> differences, String topic, TopicOptions options, int replicas, String actual) {
        OptionalInt expected = minInsync(options, OptionalInt.of(replicas));
        if (options.minInsyncReplicas().isPresent()
                || expected.isPresent() && Integer.parseInt(actual) < expected.getAsInt()) {
            compare(differences, topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, expected.getAsInt(), actual);
        }
    }

    private static void compare(
            List<TopicReport.Difference> differences, String topic, String setting, Object expected, Object actual) {
        if (!expected.toString().equals(String.valueOf(actual))) {
            differences.add(new TopicReport.Difference(topic, setting, expected.toString(), String.valueOf(actual)));
        }
    }

    private static Map<String, Config> configs(Admin admin, List<String> names) {
        Map<String, Config> configs = new HashMap<>();
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        admin.describeConfigs(resources).values().forEach((resource, future) -> {
            try {
                configs.put(resource.name(), future.get());
            } catch (ExecutionException e) {
                throw new KafkaException(
                        "cannot read the settings of topic " + resource.name() + ": "
                                + e.getCause().getMessage(),
                        e.getCause());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        });
        return configs;
    }
}
