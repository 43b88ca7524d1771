package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.systemtests.NodePackages;
import org.knockon.systemtests.SharedSandbox;

/**
 * Runs the examples of docs/consume.md against a real broker and registry, on records like those of the pipeline. No other test uses the default prefix
 * on the shared sandbox.
 */
@ExtendWith(SharedSandbox.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NodeConsumerIT {

    private static final Path EXAMPLE = Document.ROOT.resolve("docs/examples/node-consumer");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Instant NOON = Instant.parse("2022-07-19T12:00:00Z");
    private static final Cell SITE = new Cell(Dimension.SITE, "RJ121");
    private static final int HOURS = 3000;
    /** Two records of the whole trust, one of the site and its tombstone, and the hours. */
    private static final int COMMITTED = 4 + HOURS;

    private static SharedSandbox.Place sandbox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void produceLikeThePipeline(SharedSandbox.Place place) {
        sandbox = place;
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                sandbox.bootstrapServers(),
                "schema.registry.url",
                sandbox.schemaRegistryUrl(),
                "transactional.id",
                "node-consumer-it",
                "compression.type",
                "lz4",
                // Frames with several lz4 blocks of 64 KiB.
                "linger.ms",
                1000,
                "batch.size",
                512 * 1024);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            TopicAdmin.create(admin, Topics.DEFAULT_PREFIX, TopicOptions.DEFAULT.forReplay());
        }
        try (KnockonSerdes serdes = new KnockonSerdes(config);
                Producer<String, CellCounts> producer = new KafkaProducer<>(
                        config,
                        serdes.key().serializer(),
                        serdes.value(Topics.IMPACT_COUNTS).serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, Cell.ALL, new ImpactCounts(9, 5, 6, 4, 3, 2, 1, 120));
            send(producer, SITE, new ImpactCounts(0, 0, 0, 7, 0, 0, 0, 0));
            for (int hour = 0; hour < HOURS; hour++) {
                send(
                        producer,
                        new Cell(Dimension.SLOT_HOUR, "hour-" + hour),
                        new ImpactCounts(hour, 0, 0, 0, 0, 0, 0, 0));
            }
            producer.commitTransaction();

            producer.beginTransaction();
            send(producer, Cell.ALL, new ImpactCounts(0, 0, 0, 999, 0, 0, 0, 0));
            producer.flush();
            producer.abortTransaction();

            producer.beginTransaction();
            send(producer, Cell.ALL, new ImpactCounts(0, 1, 6, 1, 5, 4, 2, 600));
            producer.send(new ProducerRecord<>(topic(), SITE.key(), null));
            producer.commitTransaction();
        }
    }

    @Test
    void nodeExampleReadsTheCommittedCounts() throws IOException, InterruptedException {
        Files.copy(EXAMPLE.resolve("package.json"), folder.resolve("package.json"));
        Files.copy(EXAMPLE.resolve("consume.mjs"), folder.resolve("consume.mjs"));
        NodePackages.install(getClass(), folder);

        List<String> lines = runUntilAllIsRead();

        assertThat(lines).hasSize(COMMITTED);
        assertThat(lines.stream().filter(line -> line.startsWith("ALL ")))
                .containsExactly(
                        "ALL postponed 10 (no new date 4, new date 3, seen since 2, given up 1), not recorded yet 5,"
                                + " as of 2022-07-19T12:00:00.000Z",
                        "ALL postponed 12 (no new date 1, new date 5, seen since 4, given up 2), not recorded yet 1,"
                                + " as of 2022-07-19T12:00:00.000Z");
        assertThat(lines.stream().filter(line -> line.startsWith("SITE|RJ121 ")))
                .containsExactly(
                        "SITE|RJ121 postponed 7 (no new date 7, new date 0, seen since 0, given up 0), not recorded yet 0,"
                                + " as of 2022-07-19T12:00:00.000Z",
                        "SITE|RJ121 removed");
    }

    @Test
    void javaExampleReadsTheSame() throws IOException {
        Path out = folder.resolve("out");
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (PrintWriter printed = new PrintWriter(Files.newBufferedWriter(out), true)) {
            CountsReader.read(
                    sandbox.bootstrapServers(),
                    sandbox.schemaRegistryUrl(),
                    printed,
                    () -> lines(out).size() < COMMITTED && System.nanoTime() < deadline);
        }

        assertThat(lines(out)).hasSize(COMMITTED).contains("SITE|RJ121 removed");
        assertThat(lines(out).stream().filter(line -> line.startsWith("ALL ")))
                .containsExactly(
                        "ALL postponed 10, not recorded yet 5, as of 2022-07-19T12:00:00Z",
                        "ALL postponed 12, not recorded yet 1, as of 2022-07-19T12:00:00Z");
    }

    private static void send(Producer<String, CellCounts> producer, Cell cell, ImpactCounts counts) {
        producer.send(new ProducerRecord<>(topic(), cell.key(), new CellCounts(cell, counts, NOON.toEpochMilli())));
    }

    private static String topic() {
        return Topics.IMPACT_COUNTS.name(Topics.DEFAULT_PREFIX);
    }

    private List<String> runUntilAllIsRead() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process node = new ProcessBuilder(
                        "node", "consume.mjs", sandbox.bootstrapServers(), sandbox.schemaRegistryUrl())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            await().atMost(TIMEOUT).until(() -> lines(out).size() >= COMMITTED || !node.isAlive());
            List<String> read = lines(out);
            assertThat(read).as(Files.readString(err)).hasSizeGreaterThanOrEqualTo(COMMITTED);
            return read;
        } finally {
            node.destroy();
            if (!node.waitFor(10, TimeUnit.SECONDS)) {
                node.destroyForcibly().waitFor();
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
