package org.knockon.cli.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say where broker and registry are, and which topics; the same for every command that needs them. */
public class ServerOptions {

    @Option(
            names = {"--bootstrap-server", "--bootstrap-servers"},
            paramLabel = "HOST:PORT,...",
            description = "The broker or brokers. Default: localhost:9092.")
    private String bootstrapServer;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL,...",
            description = "The schema registry. Default: http://localhost:8081.")
    private String schemaRegistryUrl;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties file: settings of Kafka clients and the registry, and ours as knockon.<name>."
                    + " The environment wins over it (KAFKA_*, KNOCKON_*), flags win over both.")
    private Path commandConfig;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Prefix of every topic. Default: knockon.")
    private String prefix;

    /**
     * What applies, from file, environment and flags.
     *
     * @throws org.knockon.streams.app.SettingsException naming everything that is wrong
     */
    public final Settings resolve() {
        return resolve(Map.of());
    }

    /** @param set settings of ours given by {@code --set} */
    public Settings resolve(Map<String, String> set) {
        return SettingsResolver.resolve(commandConfig, System.getenv(), flags(set));
    }

    private List<SettingsResolver.Flag> flags(Map<String, String> set) {
        List<SettingsResolver.Flag> flags = new ArrayList<>();
        set.forEach((name, value) -> flags.add(new SettingsResolver.Flag("--set", true, name, value)));
        add(flags, "--bootstrap-server", false, Settings.BOOTSTRAP_SERVERS, bootstrapServer);
        add(flags, "--schema-registry-url", false, Settings.SCHEMA_REGISTRY_URL, schemaRegistryUrl);
        add(flags, "--prefix", true, Settings.PREFIX, prefix);
        return flags;
    }

    private static void add(List<SettingsResolver.Flag> flags, String flag, boolean ours, String name, String value) {
        if (value != null) {
            flags.add(new SettingsResolver.Flag(flag, ours, name, value));
        }
    }
}
