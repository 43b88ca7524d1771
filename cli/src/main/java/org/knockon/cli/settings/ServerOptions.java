package org.knockon.cli.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that name the broker, the registry and the topics. Every command that uses them has the same ones. */
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
            description =
                    "Properties file: settings of Kafka clients and the registry, and Knock-on's own as knockon.<name>."
                            + " Environment variables (KAFKA_*, KNOCKON_*) override it, and flags override both.")
    private Path commandConfig;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Prefix of every topic. Default: knockon.")
    private String prefix;

    /**
     * Combines the settings from the file, the environment and the flags.
     *
     * @throws org.knockon.streams.app.SettingsException that lists every problem
     */
    public final Settings resolve() {
        return resolve(Map.of());
    }

    /** @param set Knock-on settings given with {@code --set} */
    public Settings resolve(Map<String, String> set) {
        return resolve(set, System.getenv());
    }

    /**
     * The same for the environment of another process, such as a container.
     *
     * @param environment variables in place of those of this process
     */
    public final Settings resolve(Map<String, String> set, Map<String, String> environment) {
        return SettingsResolver.resolve(commandConfig, environment, flags(set));
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
