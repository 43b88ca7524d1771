package org.knockon.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knockon.sandbox.SandboxException.Problem;

/** The single-node KRaft broker, as a child process. */
final class Broker {
    private static final String PROPERTIES = "broker.properties";
    private static final String READY = "ready";

    private static final List<String> JVM = List.of(
            "-Xms64m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
            "-Dlogback.configurationFile=org/knockon/sandbox/broker-logback.xml");

    private Broker() {}

    /** Starts the broker in this folder and returns once it serves on {@code port}. */
    static ChildProcess start(Path folder, boolean temporary, int port, SandboxOptions options)
            throws InterruptedException {
        Path ready = folder.resolve(READY);
        try {
            Files.deleteIfExists(ready);
            Files.write(folder.resolve(PROPERTIES), properties(port, Ports.free()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "Cannot write to " + folder + ": " + e.getMessage(),
                    "make sure that the folder is writable and its disk is not full, or choose another folder.",
                    e);
        }
        List<String> classPath = ClassPath.ofThisJvm().stream().map(Path::toString).toList();
        List<String> main = List.of(BrokerProcess.class.getName(), PROPERTIES, READY);
        ChildProcess broker = ChildProcess.start("broker", folder, temporary, JVM, classPath, main);
        try {
            broker.awaitReady(() -> Files.exists(ready), options.startTimeout());
            return broker;
        } catch (InterruptedException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static List<String> properties(int port, int controllerPort) {
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + Ports.HOST + ":" + controllerPort,
                "listeners=PLAINTEXT://" + Ports.HOST + ":" + port + ",CONTROLLER://" + Ports.HOST + ":" + controllerPort,
                "advertised.listeners=PLAINTEXT://" + Ports.HOST + ":" + port,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                // Relative to the process's folder: the setting is a list, and a path may hold a comma.
                "log.dirs=data"));
        lines.addAll(List.of(
                "auto.create.topics.enable=false",
                "default.replication.factor=1",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                // 50 partitions each by default, to be created before the first group or transaction can begin.
                "offsets.topic.num.partitions=4",
                "transaction.state.log.num.partitions=4",
                "group.initial.rebalance.delay.ms=0",
                // Replays carry event times of years ago, which the default of seven days would delete within minutes.
                "log.retention.ms=-1"));
        return lines;
    }
}
