package org.knockon.sandbox;

import java.lang.reflect.Method;

/** The main class of the registry's process: Apicurio's own, tied to the life of the process that started it. */
final class RegistryProcess {
    static final String APICURIO_MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistryProcess() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        // Its database writes every commit through, so that there is nothing to be saved before the end.
        Lifeline.fromProperties().onParentGone(() -> {});
        Method main = Class.forName(APICURIO_MAIN).getMethod("main", String[].class);
        main.invoke(null, (Object) args);
    }
}
