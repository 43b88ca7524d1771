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

/** Looks at broker, topics, registry and schemas; one that is away does not keep it from the others. */
final class Diagnosis {

    private static final String BROKER = "broker";
    private static final String TOPICS = "topics";
    private static final String REGISTRY = "registry";
    private static final String SCHEMAS = "schemas";
    private static final String NAMING = "value.subject.name.strategy";

    private final Settings settings;
    private final List<Check> checks = new ArrayList<>();

    private Diagnosis(Settings settings) {
        this.settings = settings;
    }

    static List<Check> of(Settings settings) {
        Diagnosis examination = new Diagnosis(settings);
        examination.broker();
        examination.registry();
        return examination.checks;
    }

    private void broker() {
        Admin admin;
        try {
            admin = Connectivity.admin(settings);
        } catch (CommandFailure | KafkaException e) {
            checks.add(Check.away(BROKER, reason(e)));
            checks.add(Check.unknown(TOPICS, "the broker is away"));
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
            checks.add(Check.away(TOPICS, e.getCause().getMessage()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void topics(Admin admin) {
        List<String> wanted = Topics.all().stream()
                .map(topic -> topic.name(settings.prefix()))
                .toList();
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(Connectivity.described(admin, wanted).keySet());
        if (missing.isEmpty()) {
            checks.add(Check.ok(TOPICS, "all " + wanted.size() + " of " + settings.prefix() + "*"));
        } else {
            checks.add(Check.away(
                    TOPICS,
                    which(missing, wanted) + " of " + settings.prefix()
                            + "* are missing; 'knockon topics create' creates them"));
        }
    }

    private void registry() {
        try {
            Connectivity.registry(settings);
            checks.add(Check.ok(REGISTRY, settings.shownRegistry()));
        } catch (CommandFailure | KafkaException e) {
            checks.add(Check.away(REGISTRY, reason(e)));
            checks.add(Check.unknown(SCHEMAS, "the registry is away"));
            return;
        }
        Optional<String> naming = settings.client(NAMING).map(setting -> setting.value());
        if (naming.isPresent() && !naming.get().endsWith("TopicNameStrategy")) {
            checks.add(Check.unknown(SCHEMAS, "subjects are named by " + naming.get()));
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
            checks.add(Check.away(
                    SCHEMAS, which(missing, subjects) + " are not registered; 'knockon topics create' registers them"));
        }
    }

    private static String which(List<String> missing, List<String> wanted) {
        return missing.size() == wanted.size()
                ? "all " + wanted.size()
                : missing.size() + " of " + wanted.size() + " (" + String.join(", ", missing) + ")";
    }

    private String subject(Topic<?> topic) {
        return topic.name(settings.prefix()) + "-value";
    }

    private static String reason(RuntimeException e) {
        boolean bare = e.getCause() != null && !(e instanceof CommandFailure);
        return bare ? e.getMessage() + ": " + e.getCause().getMessage() : e.getMessage();
    }
}
