package org.knockon.containertests;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;

/** A broker and a registry in containers, one of each for all tests in this JVM, which use topic prefixes of their own. */
final class Servers implements AutoCloseable {

    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    /** The broker, for containers on {@link #network}. */
    static final String BROKER = "broker:19092";

    /** The registry, for containers on {@link #network}. */
    static final String REGISTRY = "http://registry:8080" + CONFLUENT_API;

    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final Network network = Network.newNetwork();
    private final KafkaContainer kafka = new KafkaContainer(Image.KAFKA.tag())
            .withNetwork(network)
            .withListener(BROKER)
            .withStartupTimeout(LONGEST_START)
            // On a busy machine its start script may still be open for writing ("Text file busy"), and the registry
            // waits five seconds for its database.
            .withStartupAttempts(3);
    private final GenericContainer<?> registry = new GenericContainer<>(Image.REGISTRY.tag())
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withEnv("QUARKUS_HTTP_HOST", "0.0.0.0")
            .withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/health/ready").forPort(8080))
            .withStartupTimeout(LONGEST_START)
            .withStartupAttempts(3);

    private Servers() {
        Startables.deepStart(kafka, registry).join();
    }

    String network() {
        return network.getId();
    }

    KnockonCommand knockon() {
        return new KnockonCommand(
                kafka.getBootstrapServers(),
                "http://" + registry.getHost() + ":" + registry.getMappedPort(8080) + CONFLUENT_API);
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
        network.close();
    }

    /** Passes the servers to a test, and starts them for the first. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Servers.class))
                    .computeIfAbsent(Servers.class, key -> new Servers(), Servers.class);
        }
    }
}
