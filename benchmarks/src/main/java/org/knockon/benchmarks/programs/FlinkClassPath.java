package org.knockon.benchmarks.programs;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where {@code ./bench peers} has built Flink. It needs a class path of its own, for its Kafka client is older than ours. */
public final class FlinkClassPath {

    static final String PROGRAM = "org.knockon.benchmarks.flink.FlinkPeer";

    /** What Flink requires on Java 17, and its own logging configuration: ours is on its class path as well. */
    static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dlogback.configurationFile=logback-flink.xml",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");

    private FlinkClassPath() {}

    /** @throws IllegalStateException if Flink was not built */
    public static String required() {
        String path = System.getenv("BENCH_FLINK_CLASSPATH");
        if (path == null) {
            throw new IllegalStateException("no class path for Flink: start this with ./bench peers");
        }
        return path;
    }

    /** Version of an artifact, by the name of its jar. */
    public static String version(String artifact) {
        return Arrays.stream(required().split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(name -> name.matches(artifact + "-[0-9].*\\.jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
    }
}
