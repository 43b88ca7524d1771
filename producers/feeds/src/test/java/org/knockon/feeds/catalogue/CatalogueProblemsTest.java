package org.knockon.feeds.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.producers.yaml.Problem;

/** Breaks the example in one place and checks the one problem that is reported. */
class CatalogueProblemsTest {

    @TempDir
    private Path folder;

    /**
     * @param line a text of the line that the problem must name
     * @param wrong what stands there after {@code right} was replaced
     */
    record Mistake(String line, String right, String wrong, String problem) {
        @Override
        public String toString() {
            return right + " -> " + wrong;
        }
    }

    /** @param file in which the mistake is made and reported */
    record CsvMistake(String file, String line, String right, String wrong, String problem) {
        @Override
        public String toString() {
            return file + ": " + right + " -> " + wrong;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "dependsOn: [netwrok]",
                        "dependsOn: [network]",
                        "dependsOn: [netwrok]",
                        "there is no system 'netwrok'; did you mean 'network'?"),
                new Mistake(
                        "systemId: lmis",
                        "{systemId: lims, c",
                        "{systemId: lmis, c",
                        "there is no system 'lmis'; did you mean 'lims'?"),
                new Mistake(
                        "- systemId: lims",
                        "- systemId: lims\n",
                        "- systemId: lims\n    name: Other\n  - systemId: lims\n",
                        "system 'lims' is defined twice; the first is in line 24"),
                new Mistake(
                        "- serviceId: mri",
                        "serviceId: theatre-1",
                        "serviceId: mri",
                        "care service 'mri' is defined twice; the first is in line "),
                new Mistake(
                        "IMAGNG",
                        "IMAGING",
                        "IMAGNG",
                        "'IMAGNG' is not allowed as 'services[1].requires[0].capability'; did you mean 'IMAGING'?"),
                new Mistake("UNKNOWN", "capability: IMAGING", "capability: UNKNOWN", "'UNKNOWN' is not allowed as"),
                new Mistake("category: DAYCASE", "OUTPATIENT", "DAYCASE", "did you mean 'DAY_CASE'?"),
                new Mistake("category: UNKNOWN", "OUTPATIENT", "UNKNOWN", "'UNKNOWN' is not allowed as"),
                new Mistake(
                        "toleranceMinutes: -5",
                        "toleranceMinutes: 30",
                        "toleranceMinutes: -5",
                        "'services[0].requires[0].toleranceMinutes' is -5; it must be between 0 and 527040"),
                new Mistake("toleranceMinutes: 30m", "Minutes: 30", "Minutes: 30m", "must be a whole number"),
                new Mistake(
                        "{systemId: pas, capability: SCHEDULING}",
                        "SCHEDULING, toleranceMinutes: 30}",
                        "SCHEDULING}",
                        "'services[0].requires[0].toleranceMinutes' is missing; add the key 'toleranceMinutes'"),
                new Mistake(
                        "capability: SCHEDULING, toleranceMinutes: 5}",
                        "      - {systemId: lims",
                        "      - {systemId: pas, capability: SCHEDULING, toleranceMinutes: 5}\n      - {systemId: lims",
                        "the care service requires 'pas' for SCHEDULING twice; keep one of them"),
                new Mistake("[network, network]", "[network]", "[network, network]", "'network' is given twice"),
                new Mistake("dependsOn: network", "[network]", "network", "'systems[4].dependsOn' must be a list"),
                new Mistake(
                        "confirmAfter: 60",
                        "confirmAfterSeconds",
                        "confirmAfter",
                        "unknown key 'confirmAfter' in 'systems[3].monitoring'; use one of confirmAfterSeconds,"),
                new Mistake("Seconds: -1", "confirmAfterSeconds: 60", "confirmAfterSeconds: -1", "must be between 0"),
                new Mistake("Seconds: -1", "recoverAfterSeconds: 600", "recoverAfterSeconds: -1", "must be between 0"),
                new Mistake("Seconds: 0", "silenceAfterSeconds: 180", "silenceAfterSeconds: 0", "must be between 1"),
                new Mistake("Percent: 101", "99.9", "101", "it must be between 0 and 100"),
                new Mistake("Percent: 99%", "99.9", "99%", "must be a decimal number"),
                new Mistake(
                        "Minutes: -1", "OutageMinutes: 240", "OutageMinutes: -1", "it must be between 0 and 527040"),
                new Mistake(
                        "99.9}",
                        ", longestOutageMinutes: 240",
                        "",
                        "'systems[2].standard.longestOutageMinutes' is missing"),
                new Mistake("- systemId: network", "    name: Hospital network\n", "", "'systems[1].name' is missing"),
                new Mistake("- serviceId: mri", "    name: MRI scanner\n", "", "'services[1].name' is missing"),
                new Mistake("- serviceId: cardiology", "    site: RZ901\n", "", "'services[0].site' is missing"),
                new Mistake(
                        "- serviceId: cardiology",
                        "    category: OUTPATIENT\n",
                        "",
                        "'services[0].category' is missing"),
                new Mistake(
                        "systemID: network", "systemId: network", "systemID: network", "'systemID' in 'systems[1]'"),
                new Mistake(
                        "- systemId: pas",
                        "kind: application",
                        "kind: " + "k".repeat(257),
                        "'pas': kind has 257 bytes in UTF-8: at most 256 are accepted"),
                new Mistake("sites: ", "services:\n", "sites: []\nservices:\n", "unknown key 'sites'"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsTheMistakeInYamlWithItsLine(Mistake mistake) throws IOException {
        String broken =
                CatalogueFolder.replaced(Files.readString(CatalogueFolder.YAML), mistake.right(), mistake.wrong());

        List<Problem> problems = problems(Files.writeString(folder.resolve("catalogue.yaml"), broken));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.toString()).contains(mistake.problem());
            assertThat(broken.lines().toList().get(problem.line() - 1)).contains(mistake.line());
        });
        // A wrong key is also a missing one.
        assertThat(problems).hasSizeLessThanOrEqualTo(mistake.right().startsWith("systemId: network") ? 5 : 1);
    }

    static List<CsvMistake> csvMistakes() {
        return List.of(
                new CsvMistake(
                        "systems.csv",
                        "network,Hospital",
                        "network,data-centre,",
                        "network,data-center,",
                        "there is no system 'data-center'; did you mean 'data-centre'?"),
                new CsvMistake(
                        "systems.csv",
                        "pas,Laboratory",
                        "lims,Laboratory",
                        "pas,Laboratory",
                        "system 'pas' is defined twice; the first is in line 4"),
                new CsvMistake(
                        "systems.csv", "lims,,", "lims,Laboratory system", "lims,", "'name' is missing; fill in"),
                new CsvMistake(
                        "systems.csv",
                        "pas,",
                        ",99.9,240",
                        ",99.9,",
                        "'standard.longestOutageMinutes' is missing; fill in the column"),
                new CsvMistake(
                        "systems.csv", "pacs,", ",60,", ",-60,", "'monitoring.confirmAfterSeconds' is -60; it must be"),
                new CsvMistake("services.csv", "mri,", "DIAGNOSTIC", "DIAGNOSTICS", "did you mean 'DIAGNOSTIC'?"),
                new CsvMistake("requires.csv", "mri,pac,", "mri,pacs", "mri,pac", "there is no system 'pac'; did you"),
                new CsvMistake(
                        "requires.csv",
                        "mir,pas,",
                        "mri,pas",
                        "mir,pas",
                        "there is no care service 'mir'; did you mean 'mri'?"),
                new CsvMistake("requires.csv", ",-30", "SCHEDULING,30", "SCHEDULING,-30", "'toleranceMinutes' is -30;"),
                new CsvMistake("requires.csv", "mri,pacs", ",0", ",", "'toleranceMinutes' is missing; fill in"),
                new CsvMistake(
                        "requires.csv",
                        "mri,pacs,IMAGING,15",
                        "theatre-1",
                        "mri",
                        "the care service requires 'pacs' for IMAGING twice"),
                new CsvMistake(
                        "requires.csv",
                        "serviceId,",
                        "toleranceMinutes",
                        "tolerance",
                        "the column 'toleranceMinutes' is missing"));
    }

    @ParameterizedTest
    @MethodSource("csvMistakes")
    void reportsTheMistakeInCsvWithItsFileAndLine(CsvMistake mistake) throws IOException {
        Path file = CatalogueFolder.copy(folder).resolve(mistake.file());
        // The first line names the columns; most of its words occur again.
        CatalogueFolder.replace(file, mistake.right(), mistake.wrong());
        List<String> broken = Files.readAllLines(file);

        assertThat(problems(folder)).anySatisfy(problem -> {
            assertThat(problem.toString()).contains(mistake.problem());
            assertThat(problem.file()).isEqualTo(file.toString());
            assertThat(broken.get(problem.line() - 1)).contains(mistake.line());
        });
    }

    @Test
    void reportsAllProblemsOfAllFilesAtOnce() throws IOException {
        CatalogueFolder.copy(folder);
        CatalogueFolder.replace(folder.resolve("systems.csv"), "lims,Lab", "lisp,Lab");
        CatalogueFolder.replace(folder.resolve("services.csv"), "THEATRE", "THEATER");
        CatalogueFolder.replace(folder.resolve("requires.csv"), "IMAGING,15", "IMAGING,-15");

        CatalogueFileException thrown =
                catchThrowableOfType(CatalogueFileException.class, () -> CatalogueFileReader.read(folder));

        assertThat(thrown)
                .hasMessage("catalogue " + folder + " has 3 problems"
                        + "\n  " + folder.resolve("services.csv") + ":4:53: 'THEATER' is not allowed as 'category';"
                        + " did you mean 'THEATRE'?"
                        + "\n  " + folder.resolve("requires.csv") + ":3:12: there is no system 'lims';"
                        + " did you mean 'lisp'?"
                        + "\n  " + folder.resolve("requires.csv") + ":6:24: 'toleranceMinutes' is -15;"
                        + " it must be between 0 and 527040");
    }

    /** Otherwise each requirement of the missing systems would be a problem. */
    @Test
    void reportsWhatCannotBeReadBeforeWhatItBreaks() throws IOException {
        CatalogueFolder.copy(folder);
        CatalogueFolder.replace(folder.resolve("systems.csv"), "systemId", "id");
        Files.delete(folder.resolve("services.csv"));
        Files.write(folder.resolve("requires.csv"), "serviceId\nK\u00f6ln".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(folder))
                .extracting(problem -> folder.relativize(Path.of(problem.file())) + ": " + problem.message())
                .containsExactly(
                        "systems.csv: there is no column 'id'",
                        "systems.csv: the column 'systemId' is missing",
                        "services.csv: there is no such file",
                        "requires.csv: cannot be read: a byte in line 2 is not UTF-8: save the file as UTF-8");
    }

    /** {@code --prune} with an export that failed must not remove everything. */
    @Test
    void refusesACatalogueWithoutASystem() throws IOException {
        CatalogueFolder.copy(folder);
        String header = Files.readAllLines(folder.resolve("systems.csv")).get(0);
        Files.writeString(folder.resolve("systems.csv"), header);
        Path yaml = Files.writeString(folder.resolve("catalogue.yaml"), "systems: []\nservices: []\n");
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "");

        assertThat(problems(folder)).extracting(Problem::message).containsExactly("the file has no system");
        assertThat(problems(yaml)).extracting(Problem::message).containsExactly("'systems' has no entry");
        assertThat(problems(empty)).extracting(Problem::message).containsExactly("the file is empty");
        assertThat(problems(folder.resolve("none.yaml")))
                .extracting(Problem::message)
                .containsExactly("there is no such file");
    }

    private static List<Problem> problems(Path path) {
        CatalogueFileException thrown =
                catchThrowableOfType(CatalogueFileException.class, () -> CatalogueFileReader.read(path));
        assertThat(thrown).as("the catalogue is refused").isNotNull();
        return thrown.problems();
    }
}
