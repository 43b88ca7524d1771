package org.knockon.systemtests.secured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One secured broker for all tests in a JVM. Tests stay apart because each uses users and topics of its own. */
public final class SharedSecuredBroker implements ParameterResolver {

    /** The broker and its folder, which is deleted at the end. */
    private record Owned(SecuredCluster broker, Path folder) implements AutoCloseable {

        static Owned start() {
            try {
                Path folder = Files.createTempDirectory("knockon-secured");
                return new Owned(SecuredCluster.start(folder, List.of("127.0.0.1")), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SecuredCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedSecuredBroker.class))
                .computeIfAbsent(Owned.class, key -> Owned.start(), Owned.class)
                .broker();
    }
}
