package org.knockon.benchmarks.programs;

import java.util.List;

/** Where {@code ./bench peers} has built Flink and what it needs; our own class path must not know it, for its Kafka client is older. */
final class FlinkClassPath {

    static final String PROGRAM = "org.knockon.benchmarks.flink.FlinkPeer";

    /** What Flink asks for on Java 17, and its own logging: ours lies on its class path, too. */
    static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dlogback.configurationFile=logback-flink.xml",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");

    private FlinkClassPath() {}

    static String required() {
        String path = System.getenv("BENCH_FLINK_CLASSPATH");
        if (path == null) {
            throw new IllegalStateException("no class path for Flink: start this with ./bench peers");
        }
        return path;
    }
}
