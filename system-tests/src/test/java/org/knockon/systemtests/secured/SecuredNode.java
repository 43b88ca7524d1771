package org.knockon.systemtests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One node of a {@link SecuredCluster}: broker and controller in one process, which ends with this JVM.
 *
 * <p>Valid: {@code start, awaitReady, kill or stop, start, awaitReady, pause, resume, close}. A paused node resumes by itself after
 * {@link #LONGEST_PAUSE}, so that it ends even if this JVM dies while it is paused.
 */
public final class SecuredNode implements AutoCloseable {

    /** For a machine that is busy with other work. */
    static final Duration LONGEST_START = Duration.ofMinutes(4);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LONGEST_STOP_SECONDS = 60;
    /** The child's main class; the sandbox shows it to no other module. */
    private static final String MAIN = "org.knockon.sandbox.BrokerProcess";

    private static final String PROPERTIES = "broker.properties";
    private static final String READY = "ready";

    private final Address address;
    private final Path folder;
    private final String clusterId;
    private Process process;
    private Process endOfPause;

    /** @param folder its own; created here */
    SecuredNode(Address address, List<Address> cluster, String clusterId, Path folder, TestStores stores)
            throws IOException {
        this.address = address;
        this.folder = Files.createDirectories(folder);
        this.clusterId = clusterId;
        Files.write(folder.resolve(PROPERTIES), settings(address, cluster, stores), UTF_8);
    }

    /** Where a node listens: for clients, for the other brokers and the admin, and for the other controllers. */
    record Address(int id, String host, int clients, int internal, int controller) {

        static Address free(int id, String host) {
            return new Address(id, host, freePort(host), freePort(host), freePort(host));
        }

        private static int freePort(String host) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new IllegalStateException("no free port on " + host, e);
            }
        }
    }

    public int id() {
        return address.id();
    }

    Address address() {
        return address;
    }

    /** Starts the process, with the data of its last run. */
    public void start() throws IOException {
        Files.deleteIfExists(folder.resolve(READY));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                        "-Dlogback.configurationFile=org/knockon/sandbox/broker-logback.xml",
                        "-Dknockon.sandbox.parent=" + ProcessHandle.current().pid(),
                        "-Dknockon.sandbox.cluster=" + clusterId,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        PROPERTIES,
                        READY)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Returns once the broker accepts clients. */
    public void awaitReady() throws IOException {
        await().pollInterval(POLL)
                .atMost(LONGEST_START)
                .until(() -> Files.exists(folder.resolve(READY)) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("node " + id() + " ended: " + Files.readString(log()));
        }
    }

    /** Kills the process with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops the process in order: it hands over its partitions first, for at most 15 s. */
    public void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("node " + id() + " did not stop");
        }
    }

    /** Stops the process where it is, with SIGSTOP: its connections stay open, and it answers no one. */
    public void pause() throws IOException, InterruptedException {
        endOfPause = new ProcessBuilder(
                        "/bin/sh", "-c", "sleep " + LONGEST_PAUSE.toSeconds() + "; kill -CONT " + process.pid())
                .start();
        signal("STOP");
    }

    /** Lets a paused process continue. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
        endPauseTimer();
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + exitCode);
        }
    }

    private void endPauseTimer() {
        if (endOfPause != null) {
            endOfPause.descendants().forEach(ProcessHandle::destroyForcibly);
            endOfPause.destroyForcibly();
            endOfPause = null;
        }
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    /** SIGKILL also ends a paused process. Its data are not needed again. */
    @Override
    public void close() {
        endPauseTimer();
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static List<String> settings(Address own, List<Address> cluster, TestStores stores) {
        int nodes = cluster.size();
        int minInsync = nodes > 1 ? 2 : 1;
        String voters = cluster.stream()
                .map(node -> node.id() + "@" + node.host() + ":" + node.controller())
                .collect(Collectors.joining(","));
        String brokers =
                "CLIENT://" + own.host() + ":" + own.clients() + ",INTERNAL://" + own.host() + ":" + own.internal();
        return Stream.of(
                        Stream.of(
                                "process.roles=broker,controller",
                                "node.id=" + own.id(),
                                "controller.quorum.voters=" + voters,
                                "listeners=" + brokers + ",CONTROLLER://" + own.host() + ":" + own.controller(),
                                "advertised.listeners=" + brokers,
                                "listener.security.protocol.map=CLIENT:SASL_SSL,INTERNAL:SSL,CONTROLLER:SSL",
                                "controller.listener.names=CONTROLLER",
                                "inter.broker.listener.name=INTERNAL",
                                // All nodes start at the same time, on a machine that may be busy.
                                "initial.broker.registration.timeout.ms=" + LONGEST_START.toMillis(),
                                "log.dirs=data",
                                "log.retention.ms=-1"),
                        Stream.of(
                                "sasl.enabled.mechanisms=SCRAM-SHA-512",
                                "listener.name.client.scram-sha-512.sasl.jaas.config="
                                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                                "listener.name.internal.ssl.client.auth=required",
                                "listener.name.controller.ssl.client.auth=required",
                                "ssl.keystore.location=" + stores.key(),
                                "ssl.keystore.type=PKCS12",
                                "ssl.keystore.password=" + TestStores.PASSWORD,
                                "ssl.key.password=" + TestStores.PASSWORD,
                                "ssl.truststore.location=" + stores.trust(),
                                "ssl.truststore.type=PKCS12",
                                "ssl.truststore.password=" + TestStores.PASSWORD),
                        Stream.of(
                                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "super.users=" + TestStores.PRINCIPAL,
                                "allow.everyone.if.no.acl.found=false",
                                "auto.create.topics.enable=false"),
                        Stream.of(
                                "default.replication.factor=" + nodes,
                                "min.insync.replicas=" + minInsync,
                                "offsets.topic.replication.factor=" + nodes,
                                "offsets.topic.num.partitions=4",
                                "transaction.state.log.replication.factor=" + nodes,
                                "transaction.state.log.min.isr=" + minInsync,
                                "transaction.state.log.num.partitions=4",
                                "share.coordinator.state.topic.replication.factor=" + nodes,
                                "share.coordinator.state.topic.min.isr=" + minInsync,
                                "share.coordinator.state.topic.num.partitions=4",
                                "group.initial.rebalance.delay.ms=0",
                                "log.cleaner.dedupe.buffer.size=16777216"))
                .flatMap(lines -> lines)
                .toList();
    }
}
