package org.knockon.benchmarks.peers;

/** Where {@code ./bench peers} has built Flink and what it needs; our own class path must not know it, for its Kafka client is older. */
final class FlinkClassPath {

    static final String PROGRAM = "org.knockon.benchmarks.flink.FlinkPeer";

    private FlinkClassPath() {}

    static String required() {
        String path = System.getenv("BENCH_FLINK_CLASSPATH");
        if (path == null) {
            throw new IllegalStateException("no class path for Flink: start this with ./bench peers");
        }
        return path;
    }
}
