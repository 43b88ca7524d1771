package org.knockon.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.settings.SettingsResolver.Flag;
import org.knockon.streams.app.SettingsException;

class SettingsResolverTest {

    private static final Flag PREFIX = new Flag("--prefix", true, "prefix", "flag.");

    @TempDir
    private Path folder;

    @Test
    void environmentOverridesTheFileAndFlagsOverrideBoth() throws IOException {
        Path file = file("bootstrap.servers=file:1", "client.id=file", "knockon.prefix=file.", "knockon.threads=3");
        Map<String, String> environment =
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "env:1", "KNOCKON_PREFIX", "env.", "HOME", "/home/somebody");

        Settings settings = SettingsResolver.resolve(file, environment, List.of(PREFIX));

        assertThat(settings.client())
                .containsOnly(Map.entry("bootstrap.servers", "env:1"), Map.entry("client.id", "file"));
        assertThat(settings.ours()).containsOnly(Map.entry("prefix", "flag."), Map.entry("threads", "3"));
        assertThat(settings.all())
                .extracting(setting -> setting.name() + " from " + setting.origin())
                .containsExactly(
                        "prefix from --prefix",
                        "threads from " + file,
                        "bootstrap.servers from KAFKA_BOOTSTRAP_SERVERS",
                        "client.id from " + file);
    }

    @Test
    void readsAWindowsFileAndRejectsAFileThatIsNotUtf8() throws IOException {
        Path windows = Files.writeString(folder.resolve("windows.properties"), "\uFEFFclient.id=caf\u00e9\r\n");
        Path latin = Files.write(
                folder.resolve("latin.properties"),
                "# ok\nclient.id=caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(SettingsResolver.resolve(windows, Map.of(), List.of()).client())
                .containsOnly(Map.entry("client.id", "caf\u00e9"));
        assertThatThrownBy(() -> SettingsResolver.resolve(latin, Map.of(), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("cannot read " + latin + ": a byte in line 2 is not UTF-8");
    }

    @Test
    void suggestsTheNearestNameForAnUnknownVariable() {
        assertThatThrownBy(() -> SettingsResolver.resolve(null, Map.of("KNOCKON_HTTP_PROT", "1"), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KNOCKON_HTTP_PROT")
                .hasMessageContaining("did you mean 'KNOCKON_HTTP_PORT'?");
    }

    @Test
    void namesTheFileOfAnUnknownSetting() throws IOException {
        Path file = file("knockon.horizn=PT1H", "client.id=x");

        assertThatThrownBy(() -> SettingsResolver.resolve(file, Map.of(), List.of()))
                .hasMessageContaining(file + ": horizn")
                .hasMessageContaining("did you mean 'horizon.ms'?");
    }

    @Test
    void reportsAllProblemsTogether() throws IOException {
        Path file = file("knockon.nonsense=1", "sasl.jaas.config=${env:NOT_SET}");

        assertThatThrownBy(() -> SettingsResolver.resolve(
                        file,
                        Map.of("KNOCKON_WRONG", "1"),
                        List.of(new Flag("--prefix", true, "prefix", "under_score."))))
                .hasMessageContaining("nonsense")
                .hasMessageContaining("${env:NOT_SET}")
                .hasMessageContaining("KNOCKON_WRONG")
                .hasMessageContaining("under_score.");
    }

    @Test
    void resolvesReferencesButNeverShowsTheirValues() throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "token=from-the-file\n");
        Path file =
                file("sasl.jaas.config=password=hush ${env:WHO}", "bearer.auth.token=${file:" + secrets + ":token}");

        Settings settings = SettingsResolver.resolve(file, Map.of("WHO", "somebody"), List.of());

        assertThat(settings.client())
                .containsEntry("sasl.jaas.config", "password=hush somebody")
                .containsEntry("bearer.auth.token", "from-the-file");
        assertThat(settings.all())
                .extracting(Setting::shown)
                .containsExactly("${file:" + secrets + ":token}", "******${env:WHO}");
    }

    @Test
    void keepsTextThatOnlyLooksLikeAReference() {
        Settings settings = SettingsResolver.resolve(null, Map.of("KAFKA_CLIENT_ID", "${HOSTNAME}"), List.of());

        assertThat(settings.client()).containsEntry("client.id", "${HOSTNAME}");
    }

    @Test
    void rejectsAPrefixWithoutAFinalDot() {
        assertThatThrownBy(() -> SettingsResolver.resolve(
                        null, Map.of(), List.of(new Flag("--prefix", true, "prefix", "knockon"))))
                .hasMessageContaining("ends with a dot")
                .hasMessageContaining("--prefix");
    }

    @Test
    void namesAMissingFile() {
        Path nowhere = folder.resolve("nowhere.properties");

        assertThatThrownBy(() -> SettingsResolver.resolve(nowhere, Map.of(), List.of()))
                .hasMessageContaining("cannot read " + nowhere + ": no such file");
    }

    @Test
    void usesLocalhostOnlyForServersThatTheUserDidNotName() {
        Settings settings = SettingsResolver.resolve(null, Map.of("KAFKA_BOOTSTRAP_SERVERS", "far:9092"), List.of());

        assertThat(settings.namesBroker()).isTrue();
        assertThat(settings.withLocalDefaults().client())
                .containsEntry("bootstrap.servers", "far:9092")
                .containsEntry("schema.registry.url", "http://localhost:8081");
        assertThat(settings.withLocalDefaults().client("schema.registry.url"))
                .hasValueSatisfying(setting -> assertThat(setting.isExplicit()).isFalse());
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("client.properties"), List.of(lines));
    }
}
