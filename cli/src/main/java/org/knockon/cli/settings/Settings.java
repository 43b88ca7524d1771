package org.knockon.cli.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.StreamsAppSettings;

/** The settings of one command: those of Knock-on and those of Kafka's clients and the registry. */
public final class Settings {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String PREFIX = "prefix";

    private static final String LOCAL_BROKER = "localhost:9092";
    private static final String LOCAL_REGISTRY = "http://localhost:8081";

    /** How long a command waits for an answer of broker or registry unless {@code --timeout} says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Setting> ours;
    private final Map<String, Setting> client;
    private final Duration timeout;

    Settings(Collection<Setting> all) {
        this(all, DEFAULT_TIMEOUT);
    }

    private Settings(Collection<Setting> all, Duration timeout) {
        ours = byName(all, Setting::ours);
        client = byName(all, setting -> !setting.ours());
        this.timeout = timeout;
    }

    /** Longest to wait for each answer of broker or registry. */
    public Duration timeout() {
        return timeout;
    }

    public Settings withTimeout(Duration longest) {
        return new Settings(all(), longest);
    }

    /** Those of ours that somebody set, by the names of {@code StreamsAppSettings.TABLE}. */
    public Map<String, String> ours() {
        Map<String, String> values = new HashMap<>();
        ours.forEach((name, setting) -> values.put(name, setting.value()));
        return values;
    }

    /** What Kafka's clients and the registry's are to be given. */
    public Map<String, Object> client() {
        Map<String, Object> values = new HashMap<>();
        client.forEach((name, setting) -> values.put(name, setting.value()));
        return values;
    }

    /** Prefix of every topic, its dot included. */
    public String prefix() {
        return ours.containsKey(PREFIX) ? ours.get(PREFIX).value() : Topics.DEFAULT_PREFIX;
    }

    public Optional<Setting> client(String name) {
        return Optional.ofNullable(client.get(name));
    }

    /** Whether somebody said which broker to use. */
    public boolean namesBroker() {
        return client.containsKey(BOOTSTRAP_SERVERS);
    }

    /** For {@code localhost} where nobody said which broker or registry. */
    public Settings withLocalDefaults() {
        return with(BOOTSTRAP_SERVERS, LOCAL_BROKER, Setting.BY_DEFAULT, !client.containsKey(BOOTSTRAP_SERVERS))
                .with(
                        SCHEMA_REGISTRY_URL,
                        LOCAL_REGISTRY,
                        Setting.BY_DEFAULT,
                        !client.containsKey(SCHEMA_REGISTRY_URL));
    }

    /** With those of ours that nobody set; for showing, since the streams app knows its defaults itself. */
    public Settings withDefaultsOfOurs() {
        List<Setting> all = new ArrayList<>(all());
        StreamsAppSettings.TABLE.forEach((name, row) -> {
            if (!ours.containsKey(name)) {
                all.add(new Setting(name, true, row.byDefault(), row.byDefault(), Setting.BY_DEFAULT));
            }
        });
        return new Settings(all, timeout);
    }

    /** For this broker and registry, whatever was said. */
    public Settings at(String bootstrapServers, String schemaRegistryUrl, String origin) {
        return with(BOOTSTRAP_SERVERS, bootstrapServers, origin, true)
                .with(SCHEMA_REGISTRY_URL, schemaRegistryUrl, origin, true);
    }

    public String bootstrapServers() {
        return client.get(BOOTSTRAP_SERVERS).value();
    }

    /** The registry's URL or URLs, without a password. */
    public String shownRegistry() {
        return client.get(SCHEMA_REGISTRY_URL).shown();
    }

    /** All that were set, and the defaults added since, ours first, each kind by name. */
    public List<Setting> all() {
        List<Setting> all = new ArrayList<>(ours.values());
        all.addAll(client.values());
        return Collections.unmodifiableList(all);
    }

    private Settings with(String name, String value, String origin, boolean really) {
        if (!really) {
            return this;
        }
        List<Setting> changed = new ArrayList<>(all());
        changed.removeIf(setting -> !setting.ours() && setting.name().equals(name));
        changed.add(new Setting(name, false, value, value, origin));
        return new Settings(changed, timeout);
    }

    private static Map<String, Setting> byName(Collection<Setting> all, Predicate<Setting> wanted) {
        Map<String, Setting> byName = new TreeMap<>();
        all.stream().filter(wanted).forEach(setting -> byName.put(setting.name(), setting));
        return byName;
    }
}
