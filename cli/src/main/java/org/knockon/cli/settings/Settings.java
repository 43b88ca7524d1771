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

/** The settings of one command: Knock-on's own, and those of Kafka clients and the registry. */
public final class Settings {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String PREFIX = "prefix";

    private static final String LOCAL_BROKER = "localhost:9092";
    private static final String LOCAL_REGISTRY = "http://localhost:8081";

    /** Maximum wait for each response of the broker or the registry, unless {@code --timeout} is given. */
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

    /** Maximum wait for each response of the broker or the registry. */
    public Duration timeout() {
        return timeout;
    }

    public Settings withTimeout(Duration atMost) {
        return new Settings(all(), atMost);
    }

    /** The Knock-on settings that the user set, by the names of {@code StreamsAppSettings.TABLE}. */
    public Map<String, String> ours() {
        Map<String, String> values = new HashMap<>();
        ours.forEach((name, setting) -> values.put(name, setting.value()));
        return values;
    }

    /** The settings for Kafka clients and the registry client. */
    public Map<String, Object> client() {
        Map<String, Object> values = new HashMap<>();
        client.forEach((name, setting) -> values.put(name, setting.value()));
        return values;
    }

    /** Prefix of every topic, including the final dot. */
    public String prefix() {
        return ours.containsKey(PREFIX) ? ours.get(PREFIX).value() : Topics.DEFAULT_PREFIX;
    }

    public Optional<Setting> client(String name) {
        return Optional.ofNullable(client.get(name));
    }

    /** Whether the user named a broker. */
    public boolean namesBroker() {
        return client.containsKey(BOOTSTRAP_SERVERS);
    }

    /** Uses {@code localhost} for the broker or the registry if the user named none. */
    public Settings withLocalDefaults() {
        return with(BOOTSTRAP_SERVERS, LOCAL_BROKER, Setting.BY_DEFAULT, !client.containsKey(BOOTSTRAP_SERVERS))
                .with(
                        SCHEMA_REGISTRY_URL,
                        LOCAL_REGISTRY,
                        Setting.BY_DEFAULT,
                        !client.containsKey(SCHEMA_REGISTRY_URL));
    }

    /** Adds the defaults of Knock-on settings, for display: the streams app applies them itself. */
    public Settings withDefaultsOfOurs() {
        List<Setting> all = new ArrayList<>(all());
        StreamsAppSettings.TABLE.forEach((name, row) -> {
            if (!ours.containsKey(name)) {
                all.add(new Setting(name, true, row.byDefault(), row.byDefault(), Setting.BY_DEFAULT));
            }
        });
        return new Settings(all, timeout);
    }

    /** Replaces the broker and the registry. */
    public Settings at(String bootstrapServers, String schemaRegistryUrl, String origin) {
        return with(BOOTSTRAP_SERVERS, bootstrapServers, origin, true)
                .with(SCHEMA_REGISTRY_URL, schemaRegistryUrl, origin, true);
    }

    public String bootstrapServers() {
        return client.get(BOOTSTRAP_SERVERS).value();
    }

    /** The registry's URL or URLs, with the password masked. */
    public String shownRegistry() {
        return client.get(SCHEMA_REGISTRY_URL).shown();
    }

    /** All settings and the defaults added so far: Knock-on settings first, each kind sorted by name. */
    public List<Setting> all() {
        List<Setting> all = new ArrayList<>(ours.values());
        all.addAll(client.values());
        return Collections.unmodifiableList(all);
    }

    private Settings with(String name, String value, String origin, boolean apply) {
        if (!apply) {
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
