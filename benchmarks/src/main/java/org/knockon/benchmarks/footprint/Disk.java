package org.knockon.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.TopicPartition;

/** Disk space of stores and topics. */
final class Disk {

    private Disk() {}

    /**
     * Bytes of each RocksDB store under a state folder, all partitions together. The app must be closed: data in memory is not
     * counted.
     */
    static Map<String, Long> stores(Path stateDir) throws IOException {
        Map<String, Long> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(stateDir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path database = file.getParent();
                if (database.getParent().endsWith("rocksdb")) {
                    bytes.merge(database.getFileName().toString(), Files.size(file), Long::sum);
                }
            }
        }
        return bytes;
    }

    /** Bytes of each topic whose name starts with the prefix, all partitions and replicas together, by the rest of its name. */
    static Map<String, Long> topics(Map<String, Object> client, String prefix) throws Exception {
        Map<String, Long> bytes = new TreeMap<>();
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            var brokers = admin.describeCluster().nodes().get().stream()
                    .map(node -> node.id())
                    .toList();
            for (Map<String, LogDirDescription> folders :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                for (LogDirDescription folder : folders.values()) {
                    for (Map.Entry<TopicPartition, ReplicaInfo> replica :
                            folder.replicaInfos().entrySet()) {
                        String topic = replica.getKey().topic();
                        if (topic.startsWith(prefix)) {
                            bytes.merge(
                                    topic.substring(prefix.length()),
                                    replica.getValue().size(),
                                    Long::sum);
                        }
                    }
                }
            }
        }
        return bytes;
    }
}
