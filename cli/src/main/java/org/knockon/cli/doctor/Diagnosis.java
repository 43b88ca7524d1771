package org.knockon.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** Checks the broker, the topics, the registry and the schemas. If one is unavailable, it still checks the others. */
final class Diagnosis {

    private static final String BROKER = "broker";
    private static final String TOPICS = "topics";
    private static final String REGISTRY = "registry";
    private static final String SCHEMAS = "schemas";
    private static final String SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    private final Settings settings;
    private final List<Check> checks = new ArrayList<>();

    private Diagnosis(Settings settings) {
        this.settings = settings;
    }

    static List<Check> of(Settings settings) {
        Diagnosis diagnosis = new Diagnosis(settings);
        diagnosis.broker();
        diagnosis.registry();
        return diagnosis.checks;
    }

    private void broker() {
        Admin admin;
        try {
            admin = Connectivity.admin(settings);
        } catch (CommandFailure | KafkaException e) {
            checks.add(Check.unavailable(BROKER, reason(e)));
            checks.add(Check.unknown(TOPICS, "not checked: the broker is unavailable"));
            return;
        }
        try (admin) {
            DescribeClusterResult cluster = admin.describeCluster();
            checks.add(Check.ok(
                    BROKER,
                    settings.bootstrapServers() + ", cluster "
                            + cluster.clusterId().get() + ", nodes "
                            + cluster.nodes().get().size()));
            topics(admin);
        } catch (ExecutionException e) {
            checks.add(Check.unavailable(TOPICS, e.getCause().getMessage()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void topics(Admin admin) {
        List<String> required = Topics.all().stream()
                .map(topic -> topic.name(settings.prefix()))
                .toList();
        List<String> missing = new ArrayList<>(required);
        missing.removeAll(Connectivity.existing(admin, required).keySet());
        if (missing.isEmpty()) {
            checks.add(Check.ok(TOPICS, "all " + required.size() + " of " + settings.prefix() + "*"));
        } else {
            checks.add(Check.unavailable(
                    TOPICS,
                    which(missing, required) + " of " + settings.prefix()
                            + "* are missing; create with 'knockon topics create'"));
        }
    }

    private void registry() {
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
        schemas();
    }

    private void schemas() {
        List<String> subjects = Topics.all().stream()
                .filter(topic -> !topic.schemaless())
                .map(this::subject)
                .toList();
        List<String> missing = subjects.stream()
                .filter(subject -> Connectivity.schemaId(settings, subject) == 0)
                .toList();
        if (missing.isEmpty()) {
            checks.add(Check.ok(SCHEMAS, "all " + subjects.size() + " are registered"));
        } else {
            checks.add(Check.unavailable(
                    SCHEMAS, which(missing, subjects) + " are not registered; register with 'knockon topics create'"));
        }
    }

    private static String which(List<String> missing, List<String> required) {
        return missing.size() == required.size()
                ? "all " + required.size()
                : missing.size() + " of " + required.size() + " (" + String.join(", ", missing) + ")";
    }

    private String subject(Topic<?> topic) {
        return topic.name(settings.prefix()) + "-value";
    }

    private static String reason(RuntimeException e) {
        boolean addsCause = e.getCause() != null && !(e instanceof CommandFailure);
        return addsCause ? e.getMessage() + ": " + e.getCause().getMessage() : e.getMessage();
    }
}
