package org.knockon.schemas;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;

/**
 * One broker and one registry for all integration tests of this module. Inject it with a parameter of type {@link
 * Sandbox}.
 */
public final class SharedSandbox implements ParameterResolver {

    private record Running(Sandbox sandbox) implements AutoCloseable {
        @Override
        public void close() {
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store of the root ends with each class, because the build runs the classes of a JVM one by one.
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedSandbox.class))
                .computeIfAbsent("sandbox", key -> new Running(Sandbox.start(SandboxOptions.defaults())), Running.class)
                .sandbox();
    }
}
