package org.knockon.cli.doctor;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.knockon.cli.rights.Right;

/**
 * Finds out what this client may do with a resource. The broker lists the rights on an existing topic or group. For names that do not exist yet
 * this sends requests that the broker refuses in any case, and that change nothing: it checks the right before it refuses for another reason.
 * docs/decisions/0036-one-table-of-rights.md
 */
final class RightsProbe {

    /** The end of names that nothing has. */
    static final String PROBE = "doctor-probe";

    private static final Set<AclOperation> NEEDS_DESCRIBE =
            EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE);

    /**
     * What was found of the operations that were asked for.
     *
     * @param unknown operations that nothing shows before the resource exists
     * @param missing whether the resource does not exist and should
     * @param state of an existing resource, in words; may be empty
     */
    record Finding(Set<AclOperation> denied, Set<AclOperation> unknown, boolean missing, String state) {}

    private final Admin admin;
    private final TopicPartition noTopic;

    RightsProbe(Admin admin, String prefix) {
        this.admin = admin;
        noTopic = new TopicPartition(prefix + PROBE, 0);
    }

    /** @throws KafkaException if the broker does not respond, or refuses for an unexpected reason */
    Finding find(Right right) {
        ResourcePattern resource = right.resource();
        boolean literal = resource.patternType() == PatternType.LITERAL;
        String name = literal ? resource.name() : resource.name() + PROBE;
        return switch (resource.resourceType()) {
            case TOPIC -> literal ? topic(name, right.operations()) : topics(resource.name(), name, right.operations());
            case GROUP -> group(name, right.operations());
            case TRANSACTIONAL_ID -> transactionalId(name, !literal, right.operations());
            default -> throw new IllegalArgumentException("no check for " + resource);
        };
    }

    private Finding topic(String name, Collection<AclOperation> wanted) {
        Response<TopicDescription> described = describe(name);
        if (described.denied()) {
            return new Finding(Set.copyOf(wanted), Set.of(), false, "");
        }
        if (described.refused(UnknownTopicOrPartitionException.class)) {
            return new Finding(Set.of(), Set.of(), true, "");
        }
        TopicDescription topic = required(described);
        return listed(wanted, topic.authorizedOperations(), partitions(topic));
    }

    private Finding topics(String prefix, String probe, Collection<AclOperation> wanted) {
        Set<AclOperation> denied = EnumSet.noneOf(AclOperation.class);
        if (describe(probe).denied()) {
            denied.addAll(NEEDS_DESCRIBE);
        }
        if (wanted.contains(AclOperation.CREATE) && create(probe).denied()) {
            denied.add(AclOperation.CREATE);
        }
        if (wanted.contains(AclOperation.DESCRIBE_CONFIGS)
                && describeSettings(probe).denied()) {
            denied.add(AclOperation.DESCRIBE_CONFIGS);
        }
        Set<AclOperation> unknown = EnumSet.of(AclOperation.READ, AclOperation.WRITE);
        unknown.retainAll(wanted);
        unknown.removeAll(denied);
        if (!unknown.isEmpty()) {
            Optional<TopicDescription> existing = anyTopic(prefix);
            if (existing.isPresent()) {
                denied.addAll(listed(unknown, existing.get().authorizedOperations(), "")
                        .denied());
                unknown.clear();
            }
        }
        denied.retainAll(wanted);
        return new Finding(denied, unknown, false, "");
    }

    private Finding group(String name, Collection<AclOperation> wanted) {
        Response<ConsumerGroupDescription> described = Response.to(admin.describeConsumerGroups(
                        List.of(name), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .get(name));
        if (described.denied()) {
            return new Finding(Set.copyOf(wanted), Set.of(), false, "");
        }
        if (described.value() != null) {
            ConsumerGroupDescription group = described.value();
            return listed(
                    wanted, group.authorizedOperations(), group.groupState().toString());
        }
        // The group does not exist yet. The broker checks the group before the topic, and refuses to commit to one that
        // does not exist.
        boolean denied = wanted.contains(AclOperation.READ)
                && Response.to(admin.alterConsumerGroupOffsets(name, Map.of(noTopic, new OffsetAndMetadata(0)))
                                .partitionResult(noTopic))
                        .refused(GroupAuthorizationException.class);
        return new Finding(denied ? Set.of(AclOperation.READ) : Set.of(), Set.of(), false, "not in use yet");
    }

    private Finding transactionalId(String name, boolean unused, Collection<AclOperation> wanted) {
        boolean write = wanted.contains(AclOperation.WRITE);
        if (write && unused) {
            // Ends the transaction of an id that no producer has.
            boolean denied =
                    Response.to(admin.fenceProducers(List.of(name)).all()).denied();
            return new Finding(denied ? Set.copyOf(wanted) : Set.of(), Set.of(), false, "");
        }
        boolean denied = Response.to(admin.describeTransactions(List.of(name)).description(name))
                .denied();
        return new Finding(
                denied ? Set.copyOf(wanted) : Set.of(),
                write && !denied ? Set.of(AclOperation.WRITE) : Set.of(),
                false,
                "");
    }

    /** @param allowed as the broker lists them; null if it does not */
    private static Finding listed(Collection<AclOperation> wanted, Set<AclOperation> allowed, String state) {
        if (allowed == null) {
            return new Finding(Set.of(), Set.copyOf(wanted), false, state);
        }
        Set<AclOperation> denied = EnumSet.noneOf(AclOperation.class);
        denied.addAll(wanted);
        denied.removeAll(allowed);
        return new Finding(denied, Set.of(), false, state);
    }

    private Response<TopicDescription> describe(String name) {
        return Response.to(
                admin.describeTopics(List.of(name), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues()
                        .get(name));
    }

    private Response<Void> create(String name) {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty());
        return Response.to(admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                .all());
    }

    private Response<?> describeSettings(String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return Response.to(admin.describeConfigs(List.of(resource)).values().get(resource));
    }

    private Optional<TopicDescription> anyTopic(String prefix) {
        Response<Set<String>> names = Response.to(admin.listTopics().names());
        return required(names).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .findFirst()
                .map(name -> describe(name).value());
    }

    private static String partitions(TopicDescription topic) {
        int partitions = topic.partitions().size();
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private static <T> T required(Response<T> response) {
        if (response.refusal() != null) {
            throw new KafkaException(response.refusal().getMessage(), response.refusal());
        }
        return response.value();
    }
}
