package org.knockon.sandbox;

import java.io.IOException;
import java.lang.reflect.Method;

/** The main class of the registry's process: Apicurio's own, tied to the life of the process that started it. */
final class RegistryProcess {
    private static final String APICURIO_MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistryProcess() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        // Its database writes every commit through, so that nothing is left to be saved at the end.
        Lifeline.ofThisProcess().endWithParent(() -> {});
        Method main = Class.forName(APICURIO_MAIN).getMethod("main", String[].class);
        main.invoke(null, (Object) args);
    }
}
