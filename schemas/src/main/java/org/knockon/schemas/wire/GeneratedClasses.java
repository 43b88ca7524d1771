package org.knockon.schemas.wire;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Allows Avro to load the classes generated from our schemas. Since 1.12.2, Avro loads a class that a schema names only
 * if the class is trusted, because the schema may come from outside.
 */
public final class GeneratedClasses {

    private static final String PACKAGE = "org.knockon.avro";

    static {
        ClassSecurityValidator.ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(others, type -> PACKAGE.equals(type.getPackageName())));
    }

    private GeneratedClasses() {}

    /** Trusts the generated classes in this JVM, in addition to those already trusted. Safe to repeat. */
    public static void trust() {
        // The static initializer did the work.
    }
}
