package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.sandbox.SandboxException.Problem;

@TestInstance(Lifecycle.PER_CLASS)
class SandboxIT {
    private static final String TOPIC = "notes";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private Path folder;
    private Sandbox shared;

    @BeforeAll
    void start(@TempDir Path kept) throws Exception {
        folder = kept;
        shared = Sandbox.start(SandboxOptions.defaults().withFolder(folder));
        createTopic(shared);
    }

    @AfterAll
    void close() {
        shared.close();
    }

    @Test
    void servesTransactionsAndSchemas() throws Exception {
        writeInTransactions(shared, List.of("a", "b"), List.of("never"), List.of("c"));
        assertThat(readCommitted(shared, 3)).containsExactly("a", "b", "c");
        assertThat(SchemaCalls.register(shared, "notes-value", "Note")).isEqualTo("{\"id\":1}");
        assertThat(SchemaCalls.get(shared, "/schemas/ids/1")).contains("Note");
    }

    @Test
    void runsNextToAnotherAndLeavesNothingBehind() throws Exception {
        List<String> progress = new ArrayList<>();
        Sandbox other = Sandbox.start(SandboxOptions.defaults().withProgress(progress::add));
        List<ProcessHandle> children = childrenOf(other);
        try (other) {
            assertThat(topics(shared)).containsExactly(TOPIC);
            assertThat(topics(other)).isEmpty();
            assertThat(SchemaCalls.get(other, "/subjects")).isEqualTo("[]");
            assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(other.folder()).doesNotExist();
        assertThat(progress).first().isEqualTo("starting the broker and the registry");
        assertThat(progress).last().asString().matches("ready in \\d+\\.\\d s");
        other.close();
    }

    @Test
    void restartsEachProcessOnItsPortWithItsData() throws Exception {
        try (Sandbox restarted = Sandbox.start(SandboxOptions.defaults())) {
            createTopic(restarted);
            writeInTransactions(restarted, List.of("before"), List.of(), List.of());
            SchemaCalls.register(restarted, "kept-value", "Kept");
            String addresses = restarted.bootstrapServers() + restarted.schemaRegistryUrl();
            long broker = restarted.brokerPid();
            long registry = restarted.registryPid();

            restarted.restartBroker();
            restarted.restartRegistry();

            assertThat(restarted.brokerPid()).isNotEqualTo(broker);
            assertThat(restarted.registryPid()).isNotEqualTo(registry);
            assertThat(restarted.bootstrapServers() + restarted.schemaRegistryUrl())
                    .isEqualTo(addresses);
            writeInTransactions(restarted, List.of("after"), List.of(), List.of());
            assertThat(readCommitted(restarted, 2)).containsExactly("before", "after");
            assertThat(SchemaCalls.get(restarted, "/subjects")).contains("kept-value");
        }
    }

    @Test
    void refusesAFolderThatAnotherSandboxUses() throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withFolder(folder).withStartTimeout(Duration.ofSeconds(1));
        assertThatThrownBy(() -> Sandbox.start(options).close())
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FOLDER))
                .hasMessageContaining("Another sandbox is using " + folder);
        assertThat(topics(shared)).containsExactly(TOPIC);
    }

    /**
     * Ctrl-C reaches every process of the terminal, and the programs that use the broker must be able to stop in order.
     */
    @Test
    void survivesSignalsToTheWholeGroup() throws Exception {
        for (String signal : List.of("-INT", "-HUP", "-TERM")) {
            for (ProcessHandle child : childrenOf(shared)) {
                Process kill = new ProcessBuilder("/bin/kill", signal, Long.toString(child.pid())).start();
                assertThat(kill.waitFor()).isZero();
            }
        }
        // Within this time either process would end or stop responding.
        Thread.sleep(Duration.ofSeconds(2).toMillis());
        assertThat(topics(shared)).containsExactly(TOPIC);
        assertThat(SchemaCalls.get(shared, "/config")).contains("compatibilityLevel");
    }

    @Test
    void keepsTopicsAndSchemasInANamedFolderAfterCloseAndKill(@TempDir Path parent) throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withFolder(parent.resolve("kept, with a comma; and more"));
        try (Sandbox first = Sandbox.start(options)) {
            createTopic(first);
            writeInTransactions(first, List.of("a"), List.of(), List.of());
            assertThat(SchemaCalls.register(first, "notes-value", "Note")).isEqualTo("{\"id\":1}");
        }
        try (Sandbox second = Sandbox.start(options)) {
            assertThat(readCommitted(second, 1)).containsExactly("a");
            writeInTransactions(second, List.of("b"), List.of(), List.of());
            assertThat(SchemaCalls.register(second, "notes-value", "Note")).isEqualTo("{\"id\":1}");
            assertThat(SchemaCalls.register(second, "others-value", "Other")).isEqualTo("{\"id\":2}");
            assertThat(second.ended()).isNotDone();
            childrenOf(second).forEach(ProcessHandle::destroyForcibly);
            assertThat(second.ended()).succeedsWithin(Duration.ofSeconds(5)).isIn("broker", "registry");
        }
        try (Sandbox third = Sandbox.start(options)) {
            assertThat(readCommitted(third, 2)).containsExactly("a", "b");
            assertThat(SchemaCalls.get(third, "/schemas/ids/2")).contains("Other");
            assertThat(SchemaCalls.register(third, "more-value", "More")).isEqualTo("{\"id\":3}");
        }
    }

    private static List<ProcessHandle> childrenOf(Sandbox sandbox) {
        return List.of(
                ProcessHandle.of(sandbox.brokerPid()).orElseThrow(),
                ProcessHandle.of(sandbox.registryPid()).orElseThrow());
    }

    private static void createTopic(Sandbox sandbox) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static Set<String> topics(Sandbox sandbox) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private static void writeInTransactions(
            Sandbox sandbox, List<String> committed, List<String> aborted, List<String> committedLast) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", sandbox.bootstrapServers(), "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            committed.forEach(value -> producer.send(new ProducerRecord<>(TOPIC, value)));
            producer.commitTransaction();
            producer.beginTransaction();
            aborted.forEach(value -> producer.send(new ProducerRecord<>(TOPIC, value)));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            committedLast.forEach(value -> producer.send(new ProducerRecord<>(TOPIC, value)));
            producer.commitTransaction();
        }
    }

    private static List<String> readCommitted(Sandbox sandbox, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", sandbox.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            List<String> values = new ArrayList<>();
            for (int attempt = 0; values.size() < count && attempt < 100; attempt++) {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
            }
            return values;
        }
    }
}
