package org.knockon.systemtests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.awaitility.core.ConditionFactory;
import org.knockon.cli.rights.Right;

/**
 * Real brokers, each in its own process, that clients reach only over TLS with a user and password (SASL_SSL, SCRAM-SHA-512), that know each
 * other by certificate, and that allow only what ACLs allow (StandardAuthorizer). They listen on the loopback interface and end with this JVM.
 * With three nodes every topic has three replicas, of which two must have a record.
 *
 * <p>Valid: {@code start, user, allow, command lines with the options of a user, revoke, close}. Rights hold on the node that {@link #admin}
 * asks when {@link #allow} and {@link #revoke} return. On several nodes, a {@link #user} created after them is known everywhere only when
 * they are, because every node reads the same log of metadata.
 */
public final class SecuredCluster implements AutoCloseable {

    private static final Duration LONGEST_CHANGE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int SCRAM_ITERATIONS = 4096;

    private final Path folder;
    private final TestStores stores;
    private final List<SecuredNode> nodes = new ArrayList<>();
    private final Thread hook = new Thread(this::endProcesses, "secured-cluster-end");
    private Admin admin;

    private SecuredCluster(Path folder, TestStores stores) {
        this.folder = folder;
        this.stores = stores;
    }

    /**
     * Starts a node on each of these addresses, with its data in this folder, and returns once all accept clients.
     *
     * @param hosts addresses of the loopback interface
     */
    public static SecuredCluster start(Path folder, List<String> hosts) throws IOException, InterruptedException {
        SecuredCluster cluster = new SecuredCluster(folder, TestStores.in(folder, hosts));
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        try {
            cluster.startNodes(hosts);
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(List<String> hosts) throws IOException {
        List<SecuredNode.Address> addresses = new ArrayList<>();
        for (String host : hosts) {
            addresses.add(SecuredNode.Address.free(addresses.size() + 1, host));
        }
        String clusterId = Uuid.randomUuid().toString();
        for (SecuredNode.Address address : addresses) {
            SecuredNode node =
                    new SecuredNode(address, addresses, clusterId, folder.resolve("node-" + address.id()), stores);
            nodes.add(node);
            node.start();
        }
        for (SecuredNode node : nodes) {
            node.awaitReady();
        }
        admin = newAdmin(Map.of());
    }

    /** Another admin client like {@link #admin}, for the caller to close. */
    public Admin newAdmin(Map<String, Object> settings) {
        Map<String, Object> config = certificateOfTheBrokers();
        config.putAll(settings);
        return Admin.create(config);
    }

    public List<SecuredNode> nodes() {
        return List.copyOf(nodes);
    }

    public String bootstrapServers() {
        return servers(SecuredNode.Address::clients);
    }

    private String servers(ToIntFunction<SecuredNode.Address> port) {
        return nodes.stream()
                .map(SecuredNode::address)
                .map(address -> address.host() + ":" + port.applyAsInt(address))
                .collect(Collectors.joining(","));
    }

    /** An admin client that may do everything. */
    public Admin admin() {
        return admin;
    }

    /**
     * Creates a user who may do nothing yet, and waits until every node lets it in.
     *
     * @param more further settings, such as {@code schema.registry.url}
     * @return the options that make a command log in as this user
     */
    public String[] user(String name, Map<String, String> more) {
        return users(List.of(name), more).get(name);
    }

    /** Creates users like {@link #user}, with one request. Returns their options by name. */
    public Map<String, String[]> users(List<String> names, Map<String, String> more) {
        List<UserScramCredentialAlteration> users = names.stream()
                .<UserScramCredentialAlteration>map(name -> new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS), password(name)))
                .toList();
        done(admin.alterUserScramCredentials(users).all());
        for (SecuredNode node : nodes) {
            Map<String, Object> login = login(names.get(names.size() - 1));
            login.put(
                    "bootstrap.servers",
                    node.address().host() + ":" + node.address().clients());
            awaitLogin(login);
        }
        Map<String, String[]> options = new HashMap<>();
        names.forEach(name -> options.put(name, login(name, more)));
        return options;
    }

    /** The options that make a command log in as an administrator. */
    public String[] administrator() {
        return options("administrator", certificateOfTheBrokers());
    }

    /** The options that make a command log in as a user whose password is {@link #password}. */
    public String[] login(String name, Map<String, String> more) {
        Map<String, Object> settings = login(name);
        settings.putAll(more);
        return options(name, settings);
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
        change().until(() -> bindings().containsAll(bindings));
    }

    /** Takes rights from a user, each as it was given. */
    public void revoke(String user, Collection<Right> rights) {
        List<AclBinding> bindings = bindings(user, rights);
        List<AclBindingFilter> filters =
                bindings.stream().map(AclBinding::toFilter).toList();
        done(admin.deleteAcls(filters).all());
        change().until(() -> bindings().stream().noneMatch(bindings::contains));
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

    /** A broker learns of a new user a moment after the controller. */
    private static void awaitLogin(Map<String, Object> settings) {
        change().ignoreException(IllegalStateException.class).until(() -> {
            try (Admin client = Admin.create(settings)) {
                done(client.describeCluster().clusterId());
                return true;
            }
        });
    }

    private static ConditionFactory change() {
        return await().pollDelay(Duration.ZERO).pollInterval(POLL).atMost(LONGEST_CHANGE);
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

    private Map<String, Object> login(String user) {
        Map<String, Object> login = new TreeMap<>();
        login.put("bootstrap.servers", bootstrapServers());
        login.put("security.protocol", "SASL_SSL");
        login.put("sasl.mechanism", "SCRAM-SHA-512");
        login.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password(user) + "\";");
        login.putAll(trust());
        return login;
    }

    private Map<String, Object> certificateOfTheBrokers() {
        Map<String, Object> login = new TreeMap<>(trust());
        login.put("bootstrap.servers", servers(SecuredNode.Address::internal));
        login.put("security.protocol", "SSL");
        login.put("ssl.keystore.location", stores.key().toString());
        login.put("ssl.keystore.type", "PKCS12");
        login.put("ssl.keystore.password", TestStores.PASSWORD);
        return login;
    }

    private Map<String, String> trust() {
        return Map.of(
                "ssl.truststore.location",
                stores.trust().toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                TestStores.PASSWORD);
    }

    /** The password of each user of this cluster. */
    static String password(String user) {
        return "secret-of-" + user;
    }

    private void endProcesses() {
        nodes.forEach(SecuredNode::close);
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        endProcesses();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook ends the same processes.
        }
    }
}
