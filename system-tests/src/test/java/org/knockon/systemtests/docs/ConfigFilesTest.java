package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine;

/** The files in config/ of the release archive name only settings that exist, with values that are valid. */
class ConfigFilesTest {

    private static final Path CONFIG = Document.ROOT.resolve("distribution/src/archive/config");
    private static final Set<String> OF_THE_REGISTRY = Set.of("schema.registry.url", "basic.auth.user.info");

    @TempDir
    private Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CONFIG)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereIsOneFileForEachRole() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "deployer.properties",
                        "ingest.properties",
                        "producer.properties",
                        "streams.properties",
                        "war-room.properties");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingInUseIsValid(Path file) {
        assertThat(parse(file).namesBroker()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingThatIsOffIsValidWhenItIsTurnedOn(Path file) throws IOException {
        String on = Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("^#(?=\\S)", ""))
                .map(line -> line.replaceAll("\\$\\{file:[^}]*}", "secret"))
                .collect(Collectors.joining("\n"));

        Settings settings = parse(Files.writeString(folder.resolve("on.properties"), on));

        assertThat(settings.client().keySet())
                .filteredOn(name -> !name.startsWith("schema.registry.ssl.") && !OF_THE_REGISTRY.contains(name))
                .filteredOn(name -> !name.equals("topic." + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG))
                .isSubsetOf(AdminClientConfig.configNames());
        assertThat(settings.client()).containsKeys("sasl.jaas.config", "schema.registry.ssl.truststore.location");
    }

    private static Settings parse(Path file) {
        Settings settings = CommandLine.populateCommand(new ConnectionOptions(), "--command-config", file.toString())
                .resolve();
        StreamsAppSettings.parse(settings.ours(), settings.client());
        return settings;
    }
}
