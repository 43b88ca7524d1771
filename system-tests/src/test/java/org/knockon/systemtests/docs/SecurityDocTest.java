package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import picocli.CommandLine;

/** Compares docs/security.md with docker/acls.txt, and reads its examples. */
class SecurityDocTest {

    private static final String PREFIX = "knockon.";
    private static final String APPLICATION_ID = "knockon.streams";

    private final Document doc = Document.named("docs/security.md");

    @TempDir
    private Path folder;

    @Test
    void theTableMatchesTheFile() {
        List<List<String>> expected = RightsTable.lines(PREFIX, APPLICATION_ID).stream()
                .map(line -> List.of(
                        line.role().toString(),
                        resource(line.right()),
                        pattern(line.right()),
                        line.right().resource().name(),
                        Right.names(line.right().operations())))
                .toList();

        List<List<String>> rows = doc.section("Rights").orElseThrow().rows();
        assertThat(rows)
                .extracting(row -> List.of(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3)
                                .replace("`", "")
                                .replace("{prefix}", PREFIX)
                                .replace("{application.id}", APPLICATION_ID),
                        row.get(4)))
                .containsExactlyElementsOf(expected);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get(5)).as("why %s", row).isNotBlank());
    }

    @Test
    void theExampleFilesAreValid() throws IOException {
        List<String> examples =
                doc.section("Log in with SCRAM over TLS").orElseThrow().blocks("properties");
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            Path file = Files.writeString(
                    folder.resolve("client.properties"), example.replaceAll("\\$\\{file:[^}]+}", "secret"));
            Settings settings = CommandLine.populateCommand(
                            new ConnectionOptions(), "--command-config", file.toString())
                    .resolve();

            assertThat(settings.client().keySet())
                    .filteredOn(name -> !name.matches("(schema\\.registry|basic\\.auth)\\..*"))
                    .isNotEmpty()
                    .isSubsetOf(AdminClientConfig.configNames());
        }
    }

    private static String resource(Right right) {
        return right.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String pattern(Right right) {
        return right.resource().patternType().name().toLowerCase(Locale.ROOT);
    }
}
