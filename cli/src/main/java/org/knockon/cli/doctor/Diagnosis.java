package org.knockon.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/**
 * Checks the broker, the topics and rights, the registry and the schemas. If one is unavailable, it still checks the others.
 *
 * @param missing rights that the role needs and the client was refused
 */
record Diagnosis(List<Check> checks, List<Right> missing) {

    private static final String BROKER = "broker";
    private static final String TOPICS = "topics";
    private static final String REGISTRY = "registry";
    private static final String SCHEMAS = "schemas";
    private static final String SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    /**
     * Asks the servers.
     *
     * @param role whose rights to check; empty for what exists
     * @param applicationId of the streams app
     */
    static Diagnosis of(Settings settings, Optional<Role> role, String applicationId) {
        Examination examination = new Examination(settings, role, applicationId);
        examination.broker();
        examination.registry();
        return new Diagnosis(examination.checks, examination.missing);
    }

    private static final class Examination {
        private final Settings settings;
        private final Optional<Role> role;
        private final String applicationId;
        private final List<Check> checks = new ArrayList<>();
        private final List<Right> missing = new ArrayList<>();

        Examination(Settings settings, Optional<Role> role, String applicationId) {
            this.settings = settings;
            this.role = role;
            this.applicationId = applicationId;
        }

        void broker() {
            try (Admin admin = Connectivity.admin(settings)) {
                DescribeClusterResult cluster = admin.describeCluster();
                Response<String> id = Response.to(cluster.clusterId());
                checks.add(Check.ok(
                        BROKER,
                        settings.bootstrapServers() + ", cluster " + id.value() + ", nodes "
                                + Response.to(cluster.nodes()).value().size()));
                RightsChecks rights = RightsChecks.of(admin, role, settings.prefix(), applicationId);
                checks.addAll(rights.checks());
                if (role.isPresent()) {
                    missing.addAll(rights.missing());
                }
                if (role.isEmpty() || role.get() == Role.DEPLOYER) {
                    // Other roles may not read the settings of topics.
                    checks.addAll(ReplicaChecks.of(admin, settings.prefix()));
                }
            } catch (CommandFailure | KafkaException e) {
                checks.add(Check.unavailable(BROKER, reason(e)));
                checks.add(Check.unknown(TOPICS, "not checked: the broker is unavailable"));
            }
        }

        void registry() {
            try {
                Connectivity.requireRegistry(settings);
                checks.add(Check.ok(REGISTRY, settings.shownRegistry()));
            } catch (CommandFailure | KafkaException e) {
                checks.add(Check.unavailable(REGISTRY, reason(e)));
                checks.add(Check.unknown(SCHEMAS, "not checked: the registry is unavailable"));
                return;
            }
            Optional<String> strategy = settings.client(SUBJECT_NAME_STRATEGY).map(setting -> setting.value());
            if (strategy.isPresent() && !strategy.get().endsWith("TopicNameStrategy")) {
                checks.add(Check.unknown(SCHEMAS, "not checked: subjects are named by " + strategy.get()));
                return;
            }
            try {
                schemas();
            } catch (CommandFailure | KafkaException e) {
                checks.add(Check.unavailable(SCHEMAS, reason(e)));
            }
        }

        private void schemas() {
            List<String> subjects = subjects();
            List<String> unregistered = subjects.stream()
                    .filter(subject -> Connectivity.schemaId(settings, subject) == 0)
                    .toList();
            if (!unregistered.isEmpty()) {
                checks.add(Check.unavailable(
                        SCHEMAS,
                        which(unregistered, subjects) + " are not registered; register with 'knockon topics create'"));
            } else if (!subjects.isEmpty()) {
                checks.add(Check.ok(SCHEMAS, "all " + subjects.size() + " are registered"));
            }
        }

        /** Those of the topics that the role names one by one. The deployer registers them, so it may find none. */
        private List<String> subjects() {
            Optional<Set<String>> named = role.map(one -> RightsTable.of(one, settings.prefix(), applicationId).stream()
                    .map(right -> right.resource().name())
                    .collect(Collectors.toSet()));
            return Topics.all().stream()
                    .filter(topic -> !topic.schemaless())
                    .map(this::name)
                    .filter(topic -> named.map(names -> names.contains(topic)).orElse(true))
                    .map(topic -> topic + "-value")
                    .toList();
        }

        private static String which(List<String> missing, List<String> required) {
            return missing.size() == required.size()
                    ? "all " + required.size()
                    : missing.size() + " of " + required.size() + " (" + String.join(", ", missing) + ")";
        }

        private String name(Topic<?> topic) {
            return topic.name(settings.prefix());
        }

        private static String reason(RuntimeException e) {
            boolean addsCause = e.getCause() != null && !(e instanceof CommandFailure);
            return addsCause ? e.getMessage() + ": " + e.getCause().getMessage() : e.getMessage();
        }
    }
}
