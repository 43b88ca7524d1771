package org.knockon.cli.console;

import java.util.Optional;
import java.util.Set;

/** The format of log lines on standard error. {@code logback.xml} includes a file that the same variable names, before any option is parsed. */
public final class LogFormat {

    /** The environment variable that selects the format. */
    public static final String VARIABLE = "KNOCKON_LOG";

    private static final Set<String> FORMATS = Set.of("text", "json");

    private LogFormat() {}

    /** @param value of the variable, null if it is not set */
    public static Optional<String> problem(String value) {
        return value == null || FORMATS.contains(value)
                ? Optional.empty()
                : Optional.of("knockon: " + VARIABLE + " must be text or json, but is '" + value + "'");
    }
}
