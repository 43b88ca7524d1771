package org.knockon.schemas.wire;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro load the classes generated from our schemas. Since 1.12.2 Avro loads no class that a schema names unless it is trusted,
 * because the schema may come from a stranger.
 */
public final class GeneratedClasses {

    private static final String PACKAGE = "org.knockon.avro";

    static {
        ClassSecurityValidator.ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(others, type -> PACKAGE.equals(type.getPackageName())));
    }

    private GeneratedClasses() {}

    /** Trusts them in this JVM, beside whatever is trusted already. A second call changes nothing. */
    public static void trust() {
        // Loading this class has done it.
    }
}
