package org.knockon.cli.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Utf8File;
import org.knockon.streams.app.SettingsException;
import org.knockon.streams.app.StreamsAppSettings;

/** Combines settings from the file, the environment and the flags; later sources override earlier ones. Reports all problems together. */
final class SettingsResolver {

    private static final String OURS_IN_FILE = "knockon.";

    /** @param flag name of the flag as the user wrote it */
    record Flag(String flag, boolean ours, String name, String value) {}

    private record Key(boolean ours, String name) {}

    private final Map<Key, Setting> resolved = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final SecretReferences references;

    private SettingsResolver(Map<String, String> environment) {
        references = new SecretReferences(environment);
    }

    /**
     * @param file properties file with client settings, and Knock-on settings as {@code knockon.<name>}; null for none
     * @param environment environment variables of the process
     * @throws SettingsException that lists every problem
     */
    static Settings resolve(Path file, Map<String, String> environment, List<Flag> flags) {
        SettingsResolver resolver = new SettingsResolver(environment);
        if (file != null) {
            resolver.readFile(file);
        }
        new TreeMap<>(environment).forEach(resolver::readVariable);
        flags.forEach(flag -> resolver.put(flag.ours(), flag.name(), flag.value(), flag.flag()));
        return resolver.settings();
    }

    private void readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(Utf8File.read(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read " + file + ": "
                    + (e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage())));
            return;
        }
        for (String name : properties.stringPropertyNames()) {
            boolean ours = name.startsWith(OURS_IN_FILE);
            put(
                    ours,
                    ours ? name.substring(OURS_IN_FILE.length()) : name,
                    properties.getProperty(name),
                    file.toString());
        }
    }

    private void readVariable(String variable, String value) {
        Optional<String> client = EnvironmentNames.client(variable);
        Optional<String> ours = EnvironmentNames.ours(variable);
        client.ifPresent(name -> put(false, name, value, variable));
        ours.ifPresent(name -> put(true, name, value, variable));
    }

    private void put(boolean ours, String name, String written, String origin) {
        Collection<String> known = StreamsAppSettings.TABLE.keySet();
        if (ours && !known.contains(name)) {
            boolean variable = origin.startsWith(EnvironmentNames.OURS);
            Collection<String> candidates = variable
                    ? known.stream()
                            .map(setting -> EnvironmentNames.variable(EnvironmentNames.OURS, setting))
                            .toList()
                    : known;
            String what = variable
                    ? "environment variable " + origin + " matches no setting"
                    : origin + ": " + name + " is not a Knock-on setting";
            problems.add(what + "; " + Item.suggest(variable ? origin : name, candidates));
            return;
        }
        try {
            Setting setting = new Setting(name, ours, references.resolve(written), written, origin);
            if (ours && name.equals(Settings.PREFIX)) {
                checkPrefix(setting);
            }
            resolved.put(new Key(ours, name), setting);
        } catch (IllegalArgumentException e) {
            problems.add(name + " (" + origin + "): " + e.getMessage());
        }
    }

    /** Kafka also allows underscores, but its metric names cannot distinguish them from dots. */
    private static void checkPrefix(Setting prefix) {
        if (!prefix.value().matches("([a-zA-Z0-9-]+\\.)*")) {
            throw new IllegalArgumentException(
                    "a prefix consists of letters, digits and dashes and ends with a dot, such as knockon., but is '"
                            + prefix.value() + "'");
        }
    }

    private Settings settings() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(resolved.values());
    }
}
