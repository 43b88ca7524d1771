package org.knockon.cli.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** Resolves {@code ${env:NAME}}, {@code ${file:path:key}} and {@code ${dir:path:file}} in values with Kafka's own ConfigProviders. */
final class SecretReferences {

    private static final String VALUE = "value";
    static final Pattern REFERENCE = Pattern.compile("\\$\\{((?:env|file|dir):[^}]*)}");

    private final ConfigTransformer transformer;

    SecretReferences(Map<String, String> environment) {
        EnvVarConfigProvider env = new EnvVarConfigProvider(environment);
        FileConfigProvider file = new FileConfigProvider();
        DirectoryConfigProvider dir = new DirectoryConfigProvider();
        env.configure(Map.of());
        file.configure(Map.of());
        dir.configure(Map.of());
        transformer = new ConfigTransformer(Map.of("env", env, "file", file, "dir", dir));
    }

    /** @throws IllegalArgumentException if a reference cannot be resolved */
    String resolve(String written) {
        Matcher reference = REFERENCE.matcher(written);
        if (!reference.find()) {
            return written;
        }
        String resolved;
        try {
            resolved = transformer.transform(Map.of(VALUE, written)).data().get(VALUE);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        // Kafka leaves a reference that it cannot resolve as it is.
        Matcher unresolved = REFERENCE.matcher(resolved);
        if (unresolved.find() && written.contains(unresolved.group())) {
            throw new IllegalArgumentException("cannot resolve " + unresolved.group());
        }
        return resolved;
    }
}
