package org.knockon.systemtests;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;

/** One sandbox for all tests in a JVM. Tests stay apart because each uses topics with its own prefix. */
public final class SharedSandbox implements ParameterResolver {

    /** Addresses of the broker and the registry, and unused topic prefixes. */
    public static final class Place implements AutoCloseable {

        private final Sandbox sandbox;
        private final AtomicInteger names = new AtomicInteger();

        /** For a test that stops the servers and therefore needs a sandbox of its own. Closing this closes it. */
        public Place(Sandbox own) {
            sandbox = own;
        }

        public String bootstrapServers() {
            return sandbox.bootstrapServers();
        }

        public String schemaRegistryUrl() {
            return sandbox.schemaRegistryUrl();
        }

        /** Returns the options that name both servers. */
        public String[] arguments() {
            return new String[] {
                "--bootstrap-server", sandbox.bootstrapServers(), "--schema-registry-url", sandbox.schemaRegistryUrl()
            };
        }

        /** Returns a prefix that no other test uses. */
        public String prefix() {
            return "test" + names.incrementAndGet() + ".";
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Place.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return place(context);
    }

    /** Starts the sandbox unless it runs. */
    public static Place place(ExtensionContext context) {
        // The store of the root ends with each class, because the build runs the classes of a JVM one by one.
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedSandbox.class))
                .computeIfAbsent(Place.class, key -> new Place(Sandbox.start(SandboxOptions.defaults())), Place.class);
    }
}
