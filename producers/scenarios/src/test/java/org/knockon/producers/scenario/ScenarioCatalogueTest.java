package org.knockon.producers.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioCatalogueTest {

    @Test
    void listsNamesAndTitles() {
        assertThat(ScenarioCatalogue.list())
                .extracting(ScenarioCatalogue.Entry::name)
                .containsExactly("july-heatwave-2022", "synnovis-2024", "pas-outage-demo");
        assertThat(ScenarioCatalogue.list().get(0).title()).startsWith("July heatwave 2022");
    }

    @Test
    void everyScenarioDeclaresWhatIsSynthetic() {
        for (ScenarioCatalogue.Entry entry : ScenarioCatalogue.list()) {
            String synthetic = ScenarioCatalogue.load(entry.name()).synthetic();
            assertThat(synthetic).containsPattern("invented|SYNTHETIC");
            assertThat(synthetic).containsPattern("(?i)no real");
        }
    }

    @Test
    void everySourceThatACommentRefersToIsListed(@TempDir Path folder) throws IOException {
        for (String name : new String[] {"july-heatwave-2022", "synnovis-2024"}) {
            String text = Files.readString(ScenarioCatalogue.export(name, folder));
            var listed = ScenarioCatalogue.load(name).sources().stream()
                    .map(Source::id)
                    .toList();
            var marks = Pattern.compile("\\[([A-Z][A-Z0-9-]*)(?:[,;] ?([A-Z][A-Z0-9-]*))?[\\];]")
                    .matcher(text);
            int found = 0;
            while (marks.find()) {
                assertThat(listed).contains(marks.group(1));
                found++;
            }
            assertThat(found).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void everyCareServiceHasTheNameOfItsSite() {
        Set<String> named = new TreeSet<>();
        ScenarioCatalogue.load("july-heatwave-2022")
                .services()
                .forEach(each ->
                        named.add(each.service().site() + " " + each.service().siteName()));

        assertThat(named)
                .containsExactly(
                        "RBHX Royal Brompton and Harefield (invented code)",
                        "RJ121 Guy's Hospital",
                        "RJ122 St Thomas' Hospital with Evelina London",
                        "RJ1E7 Mary Sheridan Child Health Clinic");
    }

    @Test
    void anExportedScenarioLoadsAsTheSameScenario(@TempDir Path folder) {
        Path file = ScenarioCatalogue.export("pas-outage-demo", folder.resolve("new"));

        assertThat(ScenarioCatalogue.load(file.toString())).isEqualTo(ScenarioCatalogue.load("pas-outage-demo"));
    }

    @Test
    void neverOverwritesAnEditedFile(@TempDir Path folder) throws IOException {
        Path file = ScenarioCatalogue.export("pas-outage-demo", folder);
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> ScenarioCatalogue.export("pas-outage-demo", folder))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("the file already exists");
        assertThat(file).hasContent("mine");
    }

    @Test
    void suggestsTheNearestScenario() {
        assertThatThrownBy(() -> ScenarioCatalogue.load("july-heatwav-2022"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("there is no scenario 'july-heatwav-2022'; did you mean 'july-heatwave-2022'?");
    }

    @Test
    void explainsWhyAFileCannotBeRead(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> ScenarioCatalogue.load(file.toString()))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("cannot read scenario file " + file + ": no such file");
    }
}
