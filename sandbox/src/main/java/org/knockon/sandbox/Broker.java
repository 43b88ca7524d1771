package org.knockon.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The single-node KRaft broker, as a child process. */
final class Broker {
    static final String NAME = "broker";

    private static final String PROPERTIES = "broker.properties";
    private static final String READY = "ready";

    /** Chosen by measurement: docs/decisions/0004-sandbox-child-processes.md. */
    private static final List<String> JVM = List.of(
            "-Xms64m",
            "-Xmx384m",
            "-XX:MetaspaceSize=96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
            "-Dlogback.configurationFile=org/knockon/sandbox/broker-logback.xml");

    private Broker() {}

    /** Starts the broker in this folder and returns once it accepts clients on {@code port}. */
    static ChildProcess start(Path folder, boolean temporary, int port, SandboxOptions options)
            throws InterruptedException {
        Path ready = folder.resolve(READY);
        try {
            Files.deleteIfExists(ready);
            Files.write(folder.resolve(PROPERTIES), properties(port, Ports.free()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Folders.unusable(folder, e);
        }
        List<String> classPath =
                ClassPath.ofThisJvm().stream().map(Path::toString).toList();
        List<String> main = List.of(BrokerProcess.class.getName(), PROPERTIES, READY);
        ChildProcess broker =
                ChildProcess.start(new ChildProcess.Command(NAME, folder, temporary, JVM, classPath, main), options);
        try {
            broker.awaitReady(() -> Files.exists(ready), options.startTimeout());
            return broker;
        } catch (InterruptedException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static List<String> properties(int port, int controllerPort) {
        String broker = "PLAINTEXT://" + Ports.HOST + ":" + port;
        String controller = "CONTROLLER://" + Ports.HOST + ":" + controllerPort;
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + Ports.HOST + ":" + controllerPort,
                "listeners=" + broker + "," + controller,
                "advertised.listeners=" + broker,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                // Relative to the folder of the process: the setting is a list, and an absolute path may contain a
                // comma.
                "log.dirs=data",
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                // 50 each by default, and all are created before the first group or transaction can begin.
                "offsets.topic.num.partitions=4",
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.num.partitions=4",
                "group.initial.rebalance.delay.ms=0",
                // 128 MiB by default, allocated at the start. 16 MiB suffice for 600,000 keys in one pass.
                "log.cleaner.dedupe.buffer.size=16777216",
                // Replays carry event times of years ago; the default of seven days would delete them within minutes.
                "log.retention.ms=-1");
    }
}
