package org.knockon.sandbox;

import java.io.IOException;
import java.lang.reflect.Method;

/**
 * The main class of the registry's process: runs Apicurio's own main class, and ends with the process that started it.
 */
final class RegistryProcess {
    private static final String APICURIO_MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistryProcess() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        // Its database writes every commit to disk at once, so there is nothing to save at the end.
        Lifeline.ofThisProcess().endWithParent(() -> {});
        Method main = Class.forName(APICURIO_MAIN).getMethod("main", String[].class);
        main.invoke(null, (Object) args);
    }
}
