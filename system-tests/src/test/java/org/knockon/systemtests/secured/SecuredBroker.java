package org.knockon.systemtests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.knockon.cli.rights.Right;

/**
 * A real broker in its own process that clients reach only over TLS with a user and password (SASL_SSL, SCRAM-SHA-512), and that allows only
 * what ACLs allow (StandardAuthorizer). It listens on the loopback interface and ends with this JVM.
 *
 * <p>Valid: {@code start, user, allow, command lines with the options of a user, revoke, close}. Rights hold when {@link #allow} and
 * {@link #revoke} return.
 */
public final class SecuredBroker implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_CHANGE = Duration.ofSeconds(30);
    private static final int SCRAM_ITERATIONS = 4096;
    /** The child's main class; the sandbox shows it to no other module. */
    private static final String MAIN = "org.knockon.sandbox.BrokerProcess";

    private final Path folder;
    private final int port;
    private final TestStores stores;
    private final Process process;
    private final Admin admin;

    private SecuredBroker(Path folder, int port, TestStores stores, Process process) {
        this.folder = folder;
        this.port = port;
        this.stores = stores;
        this.process = process;
        admin = Admin.create(new TreeMap<>(loginOf(ADMIN, "PLAIN", "plain.PlainLoginModule")));
    }

    /** Starts a broker with its data in this folder, and returns once it accepts clients. */
    public static SecuredBroker start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        TestStores stores = TestStores.in(folder);
        Path ready = folder.resolve("ready");
        Path log = folder.resolve("broker.log");
        Files.write(folder.resolve("broker.properties"), brokerSettings(port, stores), UTF_8);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                        "-Dlogback.configurationFile=org/knockon/sandbox/broker-logback.xml",
                        "-Dknockon.sandbox.parent=" + ProcessHandle.current().pid(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        "broker.properties",
                        "ready")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(LONGEST_START).until(() -> Files.exists(ready) || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException("the broker ended: " + Files.readString(log));
            }
            return new SecuredBroker(folder, port, stores, process);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** An admin client that may do everything. */
    public Admin admin() {
        return admin;
    }

    /** The options that make a command log in as an administrator. */
    public String[] administrator() {
        return options(ADMIN, loginOf(ADMIN, "PLAIN", "plain.PlainLoginModule"));
    }

    /** The options that make a command log in as a user whose password is {@link #password}. */
    public String[] login(String name, Map<String, String> more) {
        Map<String, Object> settings = loginOf(name, "SCRAM-SHA-512", "scram.ScramLoginModule");
        settings.putAll(more);
        return options(name, settings);
    }

    /**
     * Creates a user who may do nothing yet.
     *
     * @param more further settings, such as {@code schema.registry.url}
     * @return the options that make a command log in as this user
     */
    public String[] user(String name, Map<String, String> more) {
        UserScramCredentialUpsertion user = new UserScramCredentialUpsertion(
                name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS), password(name));
        done(admin.alterUserScramCredentials(List.of(user)).all());
        awaitLogin(loginOf(name, "SCRAM-SHA-512", "scram.ScramLoginModule"));
        return login(name, more);
    }

    private String[] options(String name, Map<String, Object> settings) {
        try {
            Path file = Files.write(
                    folder.resolve(name + ".properties"),
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList(),
                    UTF_8);
            return new String[] {"--command-config", file.toString()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives rights to a user. */
    public void allow(String user, Collection<Right> rights) {
        List<AclBinding> bindings = bindings(user, rights);
        done(admin.createAcls(bindings).all());
        await().atMost(LONGEST_CHANGE).until(() -> bindings().containsAll(bindings));
    }

    /** Takes rights from a user, each as it was given. */
    public void revoke(String user, Collection<Right> rights) {
        List<AclBinding> bindings = bindings(user, rights);
        List<AclBindingFilter> filters =
                bindings.stream().map(AclBinding::toFilter).toList();
        done(admin.deleteAcls(filters).all());
        await().atMost(LONGEST_CHANGE).until(() -> bindings().stream().noneMatch(bindings::contains));
    }

    /** What an ACL binds: one operation, of one user, on one resource. */
    public static List<AclBinding> bindings(String user, Collection<Right> rights) {
        return rights.stream()
                .flatMap(right -> right.bindings("User:" + user).stream())
                .toList();
    }

    private Set<AclBinding> bindings() throws ExecutionException, InterruptedException {
        return Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    /** The broker learns of a new user a moment after the controller. */
    private static void awaitLogin(Map<String, Object> settings) {
        await().atMost(LONGEST_CHANGE)
                .ignoreException(IllegalStateException.class)
                .until(() -> {
                    try (Admin client = Admin.create(settings)) {
                        done(client.describeCluster().clusterId());
                        return true;
                    }
                });
    }

    private static void done(KafkaFuture<?> request) {
        try {
            request.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> loginOf(String user, String mechanism, String module) {
        Map<String, Object> login = new TreeMap<>();
        login.put("bootstrap.servers", bootstrapServers());
        login.put("security.protocol", "SASL_SSL");
        login.put("sasl.mechanism", mechanism);
        login.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + password(user) + "\";");
        login.put("ssl.truststore.location", stores.trust().toString());
        login.put("ssl.truststore.type", "PKCS12");
        login.put("ssl.truststore.password", TestStores.PASSWORD);
        return login;
    }

    /** The password of each user of this broker. */
    static String password(String user) {
        return "secret-of-" + user;
    }

    /** Only the loopback interface reaches the two plain listeners; the broker itself uses them, as ANONYMOUS. */
    private static List<String> brokerSettings(int port, TestStores stores) throws IOException {
        int internal = freePort();
        int controller = freePort();
        String clients = "CLIENT://" + HOST + ":" + port + ",INTERNAL://" + HOST + ":" + internal;
        return Stream.of(
                        Stream.of(
                                "process.roles=broker,controller",
                                "node.id=1",
                                "controller.quorum.voters=1@" + HOST + ":" + controller,
                                "listeners=" + clients + ",CONTROLLER://" + HOST + ":" + controller,
                                "advertised.listeners=" + clients,
                                "listener.security.protocol.map=CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "controller.listener.names=CONTROLLER",
                                "inter.broker.listener.name=INTERNAL",
                                "log.dirs=data",
                                "log.retention.ms=-1"),
                        Stream.of(
                                "sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN",
                                "listener.name.client.plain.sasl.jaas.config="
                                        + "org.apache.kafka.common.security.plain.PlainLoginModule required user_"
                                        + ADMIN + "=\"" + password(ADMIN) + "\";",
                                "listener.name.client.scram-sha-512.sasl.jaas.config="
                                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                                "ssl.keystore.location=" + stores.key(),
                                "ssl.keystore.type=PKCS12",
                                "ssl.keystore.password=" + TestStores.PASSWORD,
                                "ssl.key.password=" + TestStores.PASSWORD),
                        Stream.of(
                                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "super.users=User:" + ADMIN + ";User:ANONYMOUS",
                                "allow.everyone.if.no.acl.found=false",
                                "auto.create.topics.enable=false"),
                        Stream.of(
                                "offsets.topic.replication.factor=1",
                                "offsets.topic.num.partitions=4",
                                "transaction.state.log.replication.factor=1",
                                "transaction.state.log.min.isr=1",
                                "transaction.state.log.num.partitions=4",
                                "share.coordinator.state.topic.replication.factor=1",
                                "share.coordinator.state.topic.min.isr=1",
                                "share.coordinator.state.topic.num.partitions=4",
                                "group.initial.rebalance.delay.ms=0",
                                "log.cleaner.dedupe.buffer.size=16777216"))
                .flatMap(lines -> lines)
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
