package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while the sandbox runs. Uses a small disk in memory, which only root can mount. */
@Timeout(180)
class FullDiskIT {

    @TempDir
    private Path parent;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(parent.resolve("disk"));
        String refused = run("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", disk.toString());
        if (!refused.isEmpty()) {
            System.out.println("FullDiskIT is skipped: a small disk cannot be mounted: " + refused);
        }
        assumeTrue(refused.isEmpty(), refused);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void reportsTheFullDiskAndItsFolder() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withFolder(disk))) {
            assertThat(sandbox.failure()).isEmpty();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("fill", 1, (short) 1)))
                        .all()
                        .get();
            }
            fill();
            send(sandbox);
            assertThat(sandbox.ended()).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("broker");
            assertThat(sandbox.failure()).contains("the broker ended: no space left on device: " + disk);
        }
    }

    private void fill() throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    /** Sends records until the broker ends. */
    private static void send(Sandbox sandbox) throws InterruptedException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                sandbox.bootstrapServers(),
                "delivery.timeout.ms",
                3_000,
                "request.timeout.ms",
                2_000,
                "max.block.ms",
                3_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 50 && !sandbox.ended().isDone(); i++) {
                producer.send(new ProducerRecord<>("fill", new byte[100_000]));
                Thread.sleep(20);
            }
            producer.close(Duration.ZERO);
        }
    }

    /** Returns empty on success, otherwise the output of the command. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), ChildProcess.NATIVE).strip();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
                ? ""
                : "exit code " + process.exitValue() + ": " + output;
    }
}
