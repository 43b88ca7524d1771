package org.knockon.feeds.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;

class CatalogueFileReaderTest {

    private static final long MINUTE = 60_000;

    @TempDir
    private Path folder;

    @Test
    void readsEveryFieldInTheUnitsOfTheModel() {
        CatalogueFile file = CatalogueFileReader.read(CatalogueFolder.YAML);

        assertThat(file.warnings()).isEmpty();
        assertThat(file.records().systems().keySet()).containsExactly("data-centre", "lims", "network", "pacs", "pas");
        assertThat(file.records().systems().get("pacs"))
                .isEqualTo(new MonitoredSystem(
                        "pacs",
                        "Picture archive, radiology",
                        "RZ9",
                        "application",
                        Set.of("network", "data-centre"),
                        new MonitoringPolicy(60_000, 600_000, 180_000),
                        null));
        assertThat(file.records().systems().get("pas").monitoring())
                .isEqualTo(new MonitoringPolicy(120_000, 300_000, 300_000));
        assertThat(file.records().systems().get("pas").standard())
                .isEqualTo(new ServiceStandard(new BigDecimal("99.9"), 240));
        assertThat(file.records().systems().get("lims").standard()).isEqualTo(new ServiceStandard(null, 480));
        assertThat(file.records().services().keySet()).containsExactly("cardiology", "mri", "theatre-1");
        assertThat(file.records().services().get("mri"))
                .isEqualTo(new CareService(
                        "mri",
                        "MRI scanner",
                        "RZ9",
                        "RZ901",
                        "Hillside Hospital",
                        "",
                        Category.DIAGNOSTIC,
                        List.of(
                                new Requirement("pacs", Capability.IMAGING, 0),
                                new Requirement("pas", Capability.SCHEDULING, 60 * MINUTE))));
        assertThat(file.records().requirements()).isEqualTo(5);
    }

    @Test
    void readsTheSameFromCsv() {
        assertThat(CatalogueFileReader.read(CatalogueFolder.CSV))
                .isEqualTo(CatalogueFileReader.read(CatalogueFolder.YAML));
    }

    @Test
    void readsFilesAsSpreadsheetsWriteThem() throws IOException {
        CatalogueFolder.copy(folder);
        for (String name : CatalogueFolder.FILES) {
            Path file = folder.resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n") + ",,,\r\n\r\n");
        }

        assertThat(CatalogueFileReader.read(folder)).isEqualTo(CatalogueFileReader.read(CatalogueFolder.YAML));
    }

    @Test
    void theOrderOfEntriesMeansNothing() throws IOException {
        CatalogueFolder.copy(folder);
        for (String name : CatalogueFolder.FILES) {
            Path file = folder.resolve(name);
            List<String> lines = Files.readAllLines(file);
            StringBuilder text = new StringBuilder(lines.get(0));
            for (int i = lines.size() - 1; i > 0; i--) {
                text.append('\n').append(lines.get(i));
            }
            Files.writeString(file, text);
        }

        assertThat(CatalogueFileReader.read(folder)).isEqualTo(CatalogueFileReader.read(CatalogueFolder.YAML));
    }

    @Test
    void theDefaultsOfMonitoringAreThoseOfTheSchema() throws IOException {
        assertThat(Files.readString(Path.of("..", "..", "schemas", "src", "main", "avro", "systems.avdl")))
                .contains("{\"confirmAfterSeconds\": " + CatalogueParser.CONFIRM_AFTER_SECONDS
                        + ", \"recoverAfterSeconds\": " + CatalogueParser.RECOVER_AFTER_SECONDS
                        + ", \"silenceAfterSeconds\": " + CatalogueParser.SILENCE_AFTER_SECONDS + "}");
    }

    @Test
    void warnsOfCyclesWhichAreLegalAndOfACatalogueWithoutServices() throws IOException {
        Path file = Files.writeString(
                folder.resolve("catalogue.yaml"),
                "systems:\n"
                        + "  - {systemId: a, name: A, dependsOn: [b]}\n"
                        + "  - {systemId: b, name: B, dependsOn: [c]}\n"
                        + "  - {systemId: c, name: C, dependsOn: [a, d]}\n"
                        + "  - {systemId: d, name: D}\n"
                        + "  - {systemId: e, name: E, dependsOn: [e]}\n"
                        + "services: []\n");

        assertThat(CatalogueFileReader.read(file).warnings())
                .containsExactly(
                        "systems depend on each other: a -> b -> c -> a; while one of them is out, all of them are",
                        "systems depend on each other: e -> e; while one of them is out, all of them are",
                        "there is no care service, so that no outage affects any appointment");
    }
}
