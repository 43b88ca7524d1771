package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine;

/** Compares docs/settings.md with the code. */
class SettingsDocTest {

    private static final Pattern VARIABLE = Pattern.compile("\\bKNOCKON_([A-Z_]+)\\b");

    private final Document doc = Document.named("docs/settings.md");

    @TempDir
    private Path folder;

    @Test
    void theTableMatchesTheStreamsApp() {
        List<List<String>> expected = StreamsAppSettings.TABLE.entrySet().stream()
                .map(row -> List.of(
                        "`" + row.getKey() + "`",
                        shown(row.getValue().byDefault()),
                        row.getValue().meaning()))
                .toList();

        assertThat(doc.section("Settings of the streams app").orElseThrow().rows())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyVariableMatchesASetting() {
        assertThat(VARIABLE.matcher(doc.text()).results())
                .extracting(match -> match.group(1).toLowerCase(Locale.ROOT).replace('_', '.'))
                .isNotEmpty()
                .isSubsetOf(StreamsAppSettings.TABLE.keySet());
    }

    @Test
    void theExampleFileIsValid() throws IOException {
        String example = doc.section("Example: a file")
                .orElseThrow()
                .blocks("properties")
                .get(0);
        Path file = Files.writeString(
                folder.resolve("client.properties"), example.replaceAll("\\$\\{env:[A-Z_]+}", "secret"));

        Settings settings = CommandLine.populateCommand(new ConnectionOptions(), "--command-config", file.toString())
                .resolve();
        StreamsAppSettings parsed = StreamsAppSettings.parse(settings.ours(), settings.client());

        assertThat(parsed.threads()).isEqualTo(4);
        assertThat(parsed.client().keySet())
                .filteredOn(name -> !name.matches("(schema\\.registry|basic\\.auth)\\..*"))
                .isNotEmpty()
                .isSubsetOf(AdminClientConfig.configNames());
    }

    /** The document abbreviates the home folder, which differs between users. */
    private static String shown(String byDefault) {
        return byDefault.isEmpty() ? "" : "`" + byDefault.replace(System.getProperty("user.home"), "~") + "`";
    }
}
