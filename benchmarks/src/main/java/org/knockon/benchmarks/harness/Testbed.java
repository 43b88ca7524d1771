package org.knockon.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;

/** A broker and a registry of its own, and a folder for state. Closing it removes all of them. */
public final class Testbed implements AutoCloseable {

    private final Sandbox sandbox;
    private final Path folder;

    private Testbed(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    public static Testbed start() throws IOException {
        System.out.println("starting a broker and a registry");
        return new Testbed(Sandbox.start(SandboxOptions.defaults()), Files.createTempDirectory("knockon-bench"));
    }

    /** For a run that restarts broker and registry: with its own folder the sandbox stops them cleanly. */
    public static Testbed startForRestarts() throws IOException {
        System.out.println("starting a broker and a registry");
        Path folder = Files.createTempDirectory("knockon-bench");
        return new Testbed(Sandbox.start(SandboxOptions.defaults().withFolder(folder.resolve("sandbox"))), folder);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /** Settings of Kafka clients and the registry. */
    public Map<String, Object> client() {
        return Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
    }

    /** A folder for one app's state. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** Creates all of Knock-on's topics, without time limit on retention: their event times are old. */
    public void createTopics(String prefix) {
        try (Admin admin = Admin.create(new HashMap<>(client()))) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
        }
    }

    /** Creates further topics with as many partitions as Knock-on's, without time limit on retention. */
    public void createTopics(Collection<String> names) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, TopicOptions.DEFAULT.partitions(), (short) 1)
                        .configs(Map.of("retention.ms", "-1")))
                .toList();
        try (Admin admin = Admin.create(new HashMap<>(client()))) {
            admin.createTopics(topics).all().get();
        }
    }

    /** Removes a folder with its contents, if it exists. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
