package org.knockon.systemtests.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;

/** Topics and users for Strimzi are made from the table of topics in the code and the table of rights in docker/acls.txt. */
class StrimziTest {

    private static final String API = "apiVersion: kafka.strimzi.io/v1\n";
    private static final String APPLICATION_ID = Topics.DEFAULT_PREFIX + "streams";
    private static final int REPLICAS = 3;
    private static final int MIN_INSYNC = 2;
    private static final int COLUMNS = 5;

    @Test
    void topicsAreThoseOfTheCode() throws IOException {
        String heading =
                "# Made from the table of topics. When it changes, a test writes the new file and says where.\n";

        assertSame(
                "strimzi/kafka/topics.yaml",
                heading + Topics.all().stream().map(StrimziTest::topic).collect(joining("---\n")));
    }

    @Test
    void usersHaveTheRightsOfTheTable() throws IOException {
        String heading = "# Made from docker/acls.txt. When it changes, a test writes the new file and says where.\n";

        assertSame(
                "strimzi/kafka/users.yaml",
                heading
                        + rights().entrySet().stream()
                                .map(role -> user(role.getKey(), role.getValue()))
                                .collect(joining("---\n")));
    }

    /** Two lists of the same users. */
    @Test
    void everyWorkloadLogsInAsAUser() {
        assertThat(Workload.all())
                .extracting(workload -> workload.secrets().get("/run/secrets/broker"))
                .isSubsetOf(Manifest.in("strimzi/kafka/users.yaml").stream()
                        .map(Manifest::name)
                        .toList());
    }

    /** The job that creates the topics must not want others than the operator makes. */
    @Test
    void theJobWantsTheSamePartitionsAndReplicas() {
        Manifest partitioned = Manifest.in("strimzi/kafka/topics.yaml").stream()
                .filter(topic -> topic.name().equals(Topics.APPOINTMENTS.name(Topics.DEFAULT_PREFIX)))
                .findFirst()
                .orElseThrow();

        assertThat(Workload.named("knockon-topics").arguments())
                .contains("--partitions=" + partitioned.at("spec.partitions"))
                .contains("--replication-factor=" + partitioned.at("spec.replicas"));
    }

    private static void assertSame(String file, String wanted) throws IOException {
        Path proposed = Path.of("target").resolve(Path.of(file).getFileName());
        Files.writeString(proposed, wanted);
        assertThat(Files.readString(Manifest.FOLDER.resolve(file)))
                .as("copy system-tests/%s over docker/kubernetes/%s", proposed, file)
                .isEqualTo(wanted);
    }

    private static String topic(Topic<?> topic) {
        String name = topic.name(Topics.DEFAULT_PREFIX);
        Map<String, String> config = new LinkedHashMap<>(TopicAdmin.settings(topic, TopicOptions.DEFAULT));
        config.put("min.insync.replicas", Integer.toString(MIN_INSYNC));
        return API + "kind: KafkaTopic\nmetadata:\n  name: " + name + "\nspec:\n  topicName: " + name
                + "\n  partitions: "
                + (topic.partitioned() ? TopicOptions.DEFAULT.partitions() : topic.partitions())
                + "\n  replicas: " + REPLICAS + "\n  config:\n"
                + config.entrySet().stream()
                        .map(entry -> "    " + entry.getKey() + ": \"" + entry.getValue() + "\"\n")
                        .collect(joining());
    }

    private static String user(String role, List<String[]> lines) {
        return API + "kind: KafkaUser\nmetadata:\n  name: knockon-" + role
                + "\nspec:\n  authentication:\n    type: scram-sha-512\n  authorization:\n    type: simple\n    acls:\n"
                + lines.stream().map(StrimziTest::acl).collect(joining());
    }

    private static String acl(String[] line) {
        String kind = line[1].equals("transactional-id") ? "transactionalId" : line[1];
        String pattern = line[2].equals("prefixed") ? "prefix" : line[2];
        String name = line[3].replace("{prefix}", Topics.DEFAULT_PREFIX).replace("{application.id}", APPLICATION_ID);
        return "      - resource:\n          type: " + kind + "\n          name: " + name + "\n          patternType: "
                + pattern + "\n        operations: [" + line[4].replace(",", ", ") + "]\n";
    }

    /** The lines of the table by role. */
    private static Map<String, List<String[]>> rights() throws IOException {
        try (Stream<String> lines = Files.lines(Manifest.FOLDER.resolveSibling("acls.txt"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().split("\\s+"))
                    .peek(line -> assertThat(line).hasSize(COLUMNS))
                    .collect(Collectors.groupingBy(line -> line[0], LinkedHashMap::new, Collectors.toList()));
        }
    }
}
