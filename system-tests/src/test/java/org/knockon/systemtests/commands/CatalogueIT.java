package org.knockon.systemtests.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The example of the documents, published to a real broker and changed there. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class CatalogueIT {

    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "catalogue");

    @TempDir
    private Path folder;

    private SharedSandbox.Place place;
    private String prefix;

    @Test
    void publishesOnceAndThenDifferencesOnly(SharedSandbox.Place sandbox) throws IOException {
        begin(sandbox);
        String example = EXAMPLES.resolve("catalogue.yaml").toString();

        CommandRun before = run("diff", "--file", example);
        assertThat(before.exitCode()).as(before.err()).isEqualTo(1);
        assertThat(before.out())
                .containsPattern("(?m)^add +system +pacs$")
                .containsPattern("(?m)^add +service +mri$")
                .endsWith("to publish: 8 added, 0 changed, 0 removed, 0 unchanged\n");
        assertThat(records("systems")).as("diff changes nothing").isEmpty();

        CommandRun published = run("publish", "--file", example);
        assertThat(published.exitCode()).as(published.err()).isZero();
        assertThat(published.out()).endsWith("published: 8 added, 0 changed, 0 removed, 0 unchanged\n");
        assertThat(records("systems"))
                .hasSize(5)
                .allSatisfy(
                        record -> assertThat(record.path("value").isObject()).isTrue());
        assertThat(records("care-services"))
                .filteredOn(record -> record.get("key").textValue().equals("mri"))
                .singleElement()
                .satisfies(record -> assertThat(record.get("value"))
                        .isEqualTo(CommandRun.parse("{\"name\":\"MRI scanner\",\"organisation\":\"RZ9\","
                                + "\"site\":\"RZ901\",\"siteName\":\"Hillside Hospital\",\"specialty\":\"\","
                                + "\"category\":\"DIAGNOSTIC\",\"requires\":["
                                + "{\"systemId\":\"pacs\",\"capability\":\"IMAGING\",\"toleranceMinutes\":0},"
                                + "{\"systemId\":\"pas\",\"capability\":\"SCHEDULING\",\"toleranceMinutes\":60}]}")));

        CommandRun same = run("publish", "--file", EXAMPLES.resolve("csv").toString());
        assertThat(same.out()).isEqualTo("published: 0 added, 0 changed, 0 removed, 8 unchanged\n");
        assertThat(run("diff", "--file", example).exitCode()).isZero();
        assertThat(records("systems")).as("publishing again writes nothing").hasSize(5);
        assertThat(records("care-services")).hasSize(3);
    }

    @Test
    void writesChangesAndRemovesOnlyToPrune(SharedSandbox.Place sandbox) throws IOException {
        begin(sandbox);
        String example = Files.readString(EXAMPLES.resolve("catalogue.yaml"));
        run("publish", "--file", EXAMPLES.resolve("catalogue.yaml").toString());
        String changed = Files.writeString(
                        folder.resolve("changed.yaml"),
                        example.substring(0, example.indexOf("  - serviceId: theatre-1"))
                                .replace("longestOutageMinutes: 240", "longestOutageMinutes: 120"))
                .toString();

        CommandRun diff = run("diff", "--file", changed);
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.out().lines())
                .containsExactly(
                        "change  system   pas        standard.longestOutageMinutes: 240 -> 120",
                        "keep    service  theatre-1  not in the catalogue",
                        "to publish: 0 added, 1 changed, 0 removed, 6 unchanged;"
                                + " 1 kept that is not in the catalogue (--prune removes)");

        CommandRun published = run("publish", "--file", changed, "--output", "json");
        assertThat(published.exitCode()).isZero();
        assertThat(published.out())
                .isEqualTo("{\"changes\":[{\"change\":\"change\",\"type\":\"system\",\"id\":\"pas\",\"fields\":"
                        + "[{\"field\":\"standard.longestOutageMinutes\",\"before\":\"240\",\"after\":\"120\"}]}],"
                        + "\"kept\":[{\"type\":\"service\",\"id\":\"theatre-1\"}],\"unchanged\":6}\n");
        assertThat(run("diff", "--file", changed).exitCode())
                .as("what is kept is no difference")
                .isZero();
        assertThat(records("systems")).hasSize(6);
        assertThat(records("care-services")).hasSize(3);

        assertThat(run("diff", "--file", changed, "--prune").exitCode()).isEqualTo(1);
        CommandRun pruned = run("publish", "--file", changed, "--prune");
        assertThat(pruned.out().lines())
                .containsExactly("remove  service  theatre-1", "published: 0 added, 0 changed, 1 removed, 7 unchanged");
        List<JsonNode> services = records("care-services");
        assertThat(services).hasSize(4);
        assertThat(services.get(3).get("key").textValue()).isEqualTo("theatre-1");
        assertThat(services.get(3).get("value").isNull()).isTrue();
        assertThat(run("diff", "--file", changed, "--prune").exitCode()).isZero();
    }

    @Test
    void replacesARecordThatCannotBeRead(SharedSandbox.Place sandbox) {
        begin(sandbox);
        String example = EXAMPLES.resolve("catalogue.yaml").toString();
        run("publish", "--file", example);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", place.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(prefix + "systems", "pas", "no Avro".getBytes(UTF_8)));
            producer.flush();
        }

        CommandRun published = run("publish", "--file", example);

        assertThat(published.exitCode()).as(published.err()).isZero();
        assertThat(published.out().lines())
                .containsExactly(
                        "change  system  pas  record: cannot be read -> as in the file",
                        "published: 0 added, 1 changed, 0 removed, 7 unchanged");
        assertThat(run("diff", "--file", example).exitCode()).isZero();
    }

    @Test
    void needsTheTopics(SharedSandbox.Place sandbox) {
        place = sandbox;
        prefix = sandbox.prefix();

        CommandRun run = run("diff", "--file", EXAMPLES.resolve("csv").toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(prefix + "systems", "create with 'knockon topics create");
    }

    private void begin(SharedSandbox.Place sandbox) {
        place = sandbox;
        prefix = sandbox.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
    }

    private CommandRun run(String subcommand, String... options) {
        String[] line = new String[options.length + 4];
        line[0] = "catalogue";
        line[1] = subcommand;
        line[2] = "--prefix";
        line[3] = prefix;
        System.arraycopy(options, 0, line, 4, options.length);
        return CommandRun.of(place, line);
    }

    private List<JsonNode> records(String topic) {
        return CommandRun.of(place, "consume", "--prefix", prefix, "--topic", topic, "--from-beginning", "--until-end")
                .json();
    }
}
