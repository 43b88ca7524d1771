package org.knockon.cli.connect;

import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;
import org.knockon.schemas.network.UntrustedCertificateException;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Connects to the broker and the registry. When one does not respond within {@link Settings#timeout()}, the exception explains it in one line.
 * {@link Preflight} combines these checks; long-running commands retry them with {@link StartupWait}.
 */
public final class Connectivity {

    static final String START_ONE = "is it running? 'knockon sandbox' starts one on this machine";

    /** Error codes of the Schema Registry API. A 404 without one does not come from a registry. */
    private static final int NO_SUBJECT = 40401;

    private static final int NO_VERSION = 40402;

    private static final String PROBE_SUBJECT = "knockon-connectivity-probe";

    private Connectivity() {}

    /**
     * Opens an admin client and checks that the broker responds.
     *
     * @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} if the broker does not respond, or refuses the log-in
     */
    public static Admin admin(Settings settings) {
        BrokerListener listener = new BrokerListener(settings);
        listener.requireKafka();
        Admin admin = open(settings);
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis(settings)))
                    .clusterId()
                    .get();
            return admin;
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            throw listener.explain(e.getCause());
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw new InterruptException(e);
        }
    }

    /** Kafka reports a host name that does not resolve as a wrong setting; here it counts as unreachable. */
    private static Admin open(Settings settings) {
        try {
            return Admin.create(withTimeouts(settings));
        } catch (KafkaException e) {
            boolean unresolvable = e.getCause() instanceof ConfigException wrong
                    && String.valueOf(wrong.getMessage()).contains("bootstrap urls");
            if (unresolvable) {
                throw new UnreachableException(
                        "no such host: cannot resolve any of " + settings.bootstrapServers(),
                        UnreachableException.NO_SUCH_HOST,
                        e);
            }
            throw e;
        }
    }

    /** @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} if the registry does not respond or refuses access */
    public static void requireRegistry(Settings settings) {
        // This subject does not exist: "not found" proves that the registry responds.
        schemaId(settings, PROBE_SUBJECT);
    }

    /**
     * Returns the id of a subject's newest schema, or 0 if the registry does not know the subject.
     *
     * @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} if the registry does not respond or refuses access
     */
    public static int schemaId(Settings settings, String subject) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.putIfAbsent("http.connect.timeout.ms", millis(settings));
        config.putIfAbsent("http.read.timeout.ms", millis(settings));
        config.put("max.retries", 0);
        try (Registry registry = RegistryClient.open(config)) {
            return registry.latest(subject).id();
        } catch (RegistryUnavailableException e) {
            throw unavailable(settings, e);
        } catch (RegistryException e) {
            if (e.errorCode() == NO_SUBJECT || e.errorCode() == NO_VERSION) {
                return 0;
            }
            throw new CommandFailure(ExitCodes.UNAVAILABLE, e.getMessage(), e);
        }
    }

    private static CommandFailure unavailable(Settings settings, RegistryUnavailableException failure) {
        Optional<UntrustedCertificateException> untrusted = UntrustedCertificateException.in(failure);
        if (untrusted.isPresent()) {
            return new CommandFailure(ExitCodes.UNAVAILABLE, untrusted.get().getMessage(), failure);
        }
        String registry = "the schema registry at " + settings.shownRegistry();
        if (failure.status() > 0) {
            String status = "HTTP " + failure.status();
            return new UnreachableException(registry + " is not ready: " + status, status, failure);
        }
        boolean reached = failure.getCause() instanceof HttpTimeoutException
                && !(failure.getCause() instanceof HttpConnectTimeoutException);
        return reached
                ? new UnreachableException(
                        "reached " + registry + ", but no answer within " + Figures.wholeSpan(settings.timeout())
                                + ": it is slow; --timeout waits longer",
                        UnreachableException.SLOW,
                        failure)
                : new UnreachableException(
                        "no answer from " + registry + ": " + START_ONE, UnreachableException.NO_ANSWER, failure);
    }

    /** @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} that names the missing topics */
    static void requireTopics(Admin admin, String prefix, Collection<? extends Topic<?>> topics) {
        List<String> missing = new ArrayList<>();
        topics.forEach(topic -> missing.add(topic.name(prefix)));
        missing.removeAll(existing(admin, missing).keySet());
        if (!missing.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    (missing.size() == 1 ? "missing topic: " : "missing topics: ") + String.join(", ", missing)
                            + "; create with 'knockon topics create --prefix " + prefix + "'");
        }
    }

    /** Returns the descriptions of the topics that exist, by name. */
    public static Map<String, TopicDescription> existing(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> describe(name, future, found));
        return found;
    }

    private static void describe(
            String name, KafkaFuture<TopicDescription> future, Map<String, TopicDescription> found) {
        try {
            found.put(name, future.get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                String advice = e.getCause() instanceof AuthorizationException
                        ? " 'knockon doctor --for ROLE' shows which rights are missing."
                        : "";
                throw new KafkaException(
                        "cannot describe topic " + name + ": " + e.getCause().getMessage() + advice, e.getCause());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<String, Object> withTimeouts(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.putIfAbsent(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, (long) millis(settings));
        // Kafka rejects an API timeout shorter than the request timeout, so set both or neither.
        if (!config.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                && !config.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(settings));
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(settings));
        }
        return config;
    }

    private static int millis(Settings settings) {
        return Math.toIntExact(settings.timeout().toMillis());
    }
}
