package org.knockon.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The main class of the broker's process. Formats a new data folder, starts the broker, and creates a file once the
 * broker accepts clients. Arguments: the broker's properties file, and the file to create.
 */
final class BrokerProcess {
    /** The id of the cluster, if several nodes form one. */
    private static final String CLUSTER_PROPERTY = "knockon.sandbox.cluster";

    private BrokerProcess() {}

    public static void main(String[] args) throws IOException {
        Lifeline lifeline = Lifeline.ofThisProcess();
        try {
            run(Path.of(args[0]), Path.of(args[1]), lifeline);
        } catch (Throwable e) {
            // The threads of a partly started broker would keep the process alive.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path propertiesFile, Path readyFile, Lifeline lifeline) throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(propertiesFile, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        AtomicReference<KafkaRaftServer> started = new AtomicReference<>();
        lifeline.endWithParent(() -> stop(started.get()));
        format(properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        started.set(server);
        Files.createFile(readyFile);
        server.awaitShutdown();
        // Returning here would end the process before its folder is deleted.
        lifeline.end();
    }

    /** Does not stop a broker that has not started yet: it dies with the process, and the next start recovers. */
    private static void stop(KafkaRaftServer started) {
        if (started != null) {
            started.shutdown();
            started.awaitShutdown();
        }
    }

    private static void format(Properties properties) throws Exception {
        String data = properties.getProperty("log.dirs");
        if (Files.exists(Path.of(data, MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(
                        System.getProperty(CLUSTER_PROPERTY, Uuid.randomUuid().toString()))
                .addDirectory(data)
                .setMetadataLogDirectory(data)
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }
}
