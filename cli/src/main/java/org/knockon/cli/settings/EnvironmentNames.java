package org.knockon.cli.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.knockon.cli.console.LogFormat;

/**
 * Maps environment variables to settings by Apache Kafka's rule: remove the prefix once, then {@code ___} is a dash, {@code __} an
 * underscore and {@code _} a dot.
 */
final class EnvironmentNames {

    static final String KAFKA = "KAFKA_";
    static final String OURS = "KNOCKON_";

    /** Variables that Kafka's scripts and images read themselves; they are not client settings. */
    private static final Set<String> KAFKA_SCRIPT_VARIABLES = Set.of(
            "KAFKA_VERSION",
            "KAFKA_HOME",
            "KAFKA_DEBUG",
            "KAFKA_HEAP_OPTS",
            "KAFKA_LOG4J_OPTS",
            "KAFKA_OPTS",
            "KAFKA_JMX_OPTS",
            "KAFKA_JMX_PORT",
            "KAFKA_JMX_HOSTNAME",
            "KAFKA_JVM_PERFORMANCE_OPTS",
            "KAFKA_GC_LOG_OPTS",
            "KAFKA_LOG4J_ROOT_LOGLEVEL",
            "KAFKA_LOG4J_LOGGERS",
            "KAFKA_TOOLS_LOG4J_LOGLEVEL");

    /** Read where no setting can be read yet. */
    private static final Set<String> NOT_SETTINGS = Set.of(LogFormat.VARIABLE);

    private EnvironmentNames() {}

    /** Returns the Kafka client setting that a variable sets. */
    static Optional<String> client(String variable) {
        return variable.startsWith(KAFKA) && !KAFKA_SCRIPT_VARIABLES.contains(variable)
                ? Optional.of(setting(variable.substring(KAFKA.length())))
                : Optional.empty();
    }

    /** Returns the Knock-on setting that a variable sets. */
    static Optional<String> ours(String variable) {
        return variable.startsWith(OURS) && !NOT_SETTINGS.contains(variable)
                ? Optional.of(setting(variable.substring(OURS.length())))
                : Optional.empty();
    }

    /** The inverse of the rule: {@code KNOCKON_HTTP_PORT} for {@code http.port}. */
    static String variable(String prefix, String setting) {
        return prefix
                + setting.toUpperCase(Locale.ROOT)
                        .replace("_", "__")
                        .replace("-", "___")
                        .replace(".", "_");
    }

    private static String setting(String rest) {
        return rest.toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace("_", ".")
                .replace("\0", "_");
    }
}
