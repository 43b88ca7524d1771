package org.knockon.cli.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Asks broker and registry for an answer, and says in one line what is wrong when there is none within {@link Settings#timeout()}. A command
 * that runs for long waits instead: {@link StartupWait}.
 */
public final class Connectivity {

    private static final String START_ONE = "is it running? 'knockon sandbox' starts one of your own";

    private Connectivity() {}

    /**
     * An admin client of a broker that answers.
     *
     * @throws CommandFailure with {@link ExitCodes#AWAY} when none does
     */
    public static Admin admin(Settings settings) {
        Admin admin = open(settings);
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis(settings)))
                    .clusterId()
                    .get();
            return admin;
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            boolean silent = e.getCause() instanceof TimeoutException;
            String what = "no answer from the broker at " + settings.bootstrapServers()
                    + (silent
                            ? " within " + Figures.wholeSpan(settings.timeout()) + ": " + START_ONE
                            : ": " + e.getCause().getMessage());
            throw silent ? new UnreachableException(what, e.getCause()) : new CommandFailure(ExitCodes.AWAY, what, e.getCause());
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw new InterruptException(e);
        }
    }

    /** Kafka calls a host name that does not resolve a wrong setting; anything else that is wrong keeps its own words. */
    private static Admin open(Settings settings) {
        try {
            return Admin.create(impatient(settings));
        } catch (KafkaException e) {
            boolean unresolvable = e.getCause() instanceof ConfigException wrong
                    && String.valueOf(wrong.getMessage()).contains("bootstrap urls");
            if (unresolvable) {
                throw new UnreachableException("no such host: none of " + settings.bootstrapServers() + " is known", e);
            }
            throw e;
        }
    }

    /** @throws CommandFailure with {@link ExitCodes#AWAY} when the registry does not answer, or refuses to */
    public static void registry(Settings settings) {
        // Whatever it says of a subject that is not there, it has answered.
        schemaId(settings, "knockon-is-anybody-there");
    }

    /**
     * The id of a subject's newest schema; 0 when the registry does not know the subject.
     *
     * @throws CommandFailure with {@link ExitCodes#AWAY} when the registry does not answer, or refuses to
     */
    public static int schemaId(Settings settings, String subject) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.putIfAbsent("http.connect.timeout.ms", millis(settings));
        config.putIfAbsent("http.read.timeout.ms", millis(settings));
        config.put("max.retries", 0);
        try (Registry registry = RegistryClient.open(config)) {
            return registry.latest(subject).id();
        } catch (RegistryUnavailableException e) {
            throw new UnreachableException(
                    "no answer from the schema registry at " + settings.shownRegistry() + ": " + START_ONE, e);
        } catch (RegistryException e) {
            if (e.status() == 404) {
                return 0;
            }
            throw new CommandFailure(ExitCodes.AWAY, e.getMessage(), e);
        }
    }

    /** @throws CommandFailure with {@link ExitCodes#AWAY} naming those that do not exist */
    public static void topics(Admin admin, String prefix, Collection<? extends Topic<?>> topics) {
        List<String> missing = new ArrayList<>();
        topics.forEach(topic -> missing.add(topic.name(prefix)));
        missing.removeAll(described(admin, missing).keySet());
        if (!missing.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.AWAY,
                    (missing.size() == 1 ? "there is no topic " : "there are no topics ") + String.join(", ", missing)
                            + "; create what is missing with 'knockon topics create --prefix " + prefix + "'");
        }
    }

    /** Those of the topics that exist. */
    public static Map<String, TopicDescription> described(Admin admin, Collection<String> names) {
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
                throw new KafkaException(
                        "cannot describe topic " + name + ": " + e.getCause().getMessage(), e.getCause());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<String, Object> impatient(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.putIfAbsent(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, (long) millis(settings));
        // Kafka demands that the one is not shorter than the other.
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
