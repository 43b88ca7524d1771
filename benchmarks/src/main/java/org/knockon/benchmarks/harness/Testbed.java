package org.knockon.benchmarks.harness;

import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a registry of one's own, and a folder for stores; all of it goes on close. */
public final class Testbed implements AutoCloseable {

    private final Sandbox sandbox;
    private final Path folder;

    private Testbed(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    public static Testbed open() throws IOException {
        System.out.println("starting a broker and a registry");
        return new Testbed(Sandbox.start(SandboxOptions.defaults()), Files.createTempDirectory("knockon-bench"));
    }

    /** The same for a broker and a registry that are restarted meanwhile: a sandbox with a folder of its own stops in order. */
    public static Testbed openForRestarts() throws IOException {
        System.out.println("starting a broker and a registry");
        Path folder = Files.createTempDirectory("knockon-bench");
        return new Testbed(Sandbox.start(SandboxOptions.defaults().withFolder(folder.resolve("sandbox"))), folder);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Map<String, Object> client() {
        return Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
    }

    /** A folder for one app's stores. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** All topics under the prefix, kept for ever: their event times are old. */
    public void createTopics(String prefix) {
        try (Admin admin = Admin.create(new HashMap<>(client()))) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
        }
    }

    /** Settings of an app on the estate's clock; its group is {@link #group}. */
    public static Map<String, String> settings(String prefix, Path stateDir, int threads) {
        return Map.of(
                "prefix", prefix,
                "application.id", group(prefix),
                "threads", Integer.toString(threads),
                "clock", "replay",
                "replay.from", Instant.ofEpochMilli(Estate.OPENS).toString(),
                "replay.until",
                        Instant.ofEpochMilli(Estate.OPENS)
                                .plus(Duration.ofDays(2))
                                .toString(),
                "state.dir", stateDir.toString(),
                "http.port", "-1");
    }

    /** The same by the wall clock. */
    public static Map<String, String> liveSettings(String prefix, Path stateDir, int threads) {
        return Map.of(
                "prefix",
                prefix,
                "application.id",
                group(prefix),
                "threads",
                Integer.toString(threads),
                "clock",
                "live",
                "state.dir",
                stateDir.toString(),
                "http.port",
                "-1");
    }

    /** Consumer group, and beginning of the changelogs' names. */
    public static String group(String prefix) {
        return prefix + "streams";
    }

    /** Removes a folder with all in it, if it is there. */
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
