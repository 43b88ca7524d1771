package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.mapping.Mappings;

/** docs/topics.md contains the table of {@link Topics}, row by row. */
class TopicsDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "topics.md");

    @Test
    void documentHasTheWholeTable() throws IOException {
        List<String> shown = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(shown)
                .isEqualTo(Topics.all().stream().map(TopicsDocTest::row).toList());
    }

    private static String row(Topic<?> topic) {
        return String.join(
                " | ",
                "| `" + topic.shortName() + "`",
                topic.key().replace("|", "\\|"),
                topic.schemaless() ? "bytes" : "`" + Mappings.of(topic).schema().getName() + "`",
                topic.partitioned() ? topic.partitions() + ", configurable" : "1",
                topic.cleanup().name().toLowerCase(Locale.ROOT),
                topic.retention().map(age -> age.toDays() + " days").orElse("newest of each key"),
                topic.doc() + " |");
    }
}
