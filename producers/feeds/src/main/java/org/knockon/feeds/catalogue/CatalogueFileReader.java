package org.knockon.feeds.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.feeds.csv.CsvColumn;
import org.knockon.feeds.csv.CsvFile;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problem;
import org.knockon.producers.yaml.Problems;
import org.knockon.producers.yaml.Section;
import org.knockon.producers.yaml.Utf8File;
import org.knockon.producers.yaml.YamlFile;

/** Reads a catalogue: a YAML file, or a folder with three CSV files. Both have the same fields and the same checks. */
public final class CatalogueFileReader {

    /** The files of a folder. */
    static final String SYSTEMS = "systems.csv";

    static final String SERVICES = "services.csv";
    static final String REQUIRES = "requires.csv";

    private static final String EXAMPLE = "docs/integrate-catalogue.md has an example";

    private final List<Problems> files = new ArrayList<>();

    private CatalogueFileReader() {}

    /**
     * Reads a catalogue and checks all of it.
     *
     * @param path a file in YAML, or a folder
     * @throws CatalogueFileException with all problems, each with its file and line
     */
    public static CatalogueFile read(Path path) {
        CatalogueFileReader reader = new CatalogueFileReader();
        CatalogueEntries entries = Files.isDirectory(path) ? reader.folder(path) : reader.yaml(path);
        // A file that cannot be read as a whole would make every reference into it look wrong.
        reader.requireNoProblem(path);
        CatalogueRecords records = new CatalogueParser(entries).parse();
        reader.requireNoProblem(path);
        return new CatalogueFile(records, warnings(records));
    }

    private void requireNoProblem(Path path) {
        List<Problem> found =
                files.stream().flatMap(file -> file.all().stream()).toList();
        if (!found.isEmpty()) {
            throw new CatalogueFileException(path, found);
        }
    }

    private CatalogueEntries yaml(Path file) {
        Problems problems = add(new Problems(file.toString()));
        Item root = text(file, problems)
                .map(text -> YamlFile.parse(file.toString(), text, problems, EXAMPLE))
                .filter(Item::present)
                .orElse(null);
        if (root == null) {
            return CatalogueEntries.NONE;
        }
        try (Section top = root.section()) {
            Item systems = top.required("systems");
            if (systems.present() && systems.list().isEmpty()) {
                systems.reject("'systems' has no entry", EXAMPLE);
            }
            return new CatalogueEntries(systems.list(), top.required("services").list(), List.of());
        }
    }

    private CatalogueEntries folder(Path folder) {
        List<Item> systems = rows(folder.resolve(SYSTEMS), CatalogueColumns.SYSTEMS);
        Problems ofSystems = files.get(0);
        if (systems.isEmpty() && ofSystems.isEmpty()) {
            ofSystems.add(1, 1, "the file has no system", EXAMPLE);
        }
        return new CatalogueEntries(
                systems,
                rows(folder.resolve(SERVICES), CatalogueColumns.SERVICES),
                rows(folder.resolve(REQUIRES), CatalogueColumns.REQUIRES));
    }

    private List<Item> rows(Path file, List<CsvColumn> columns) {
        Problems problems = add(Problems.ofTable(file.toString()));
        return text(file, problems)
                .map(text -> CsvFile.parse(text, columns, problems))
                .orElse(List.of());
    }

    private Problems add(Problems problems) {
        files.add(problems);
        return problems;
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            return Optional.of(Utf8File.read(file));
        } catch (IOException e) {
            problems.add(
                    1,
                    1,
                    e instanceof NoSuchFileException ? "there is no such file" : "cannot be read: " + e.getMessage(),
                    e instanceof NoSuchFileException
                            ? "a catalogue is a YAML file, or a folder with " + SYSTEMS + ", " + SERVICES + " and "
                                    + REQUIRES
                            : "");
            return Optional.empty();
        }
    }

    private static List<String> warnings(CatalogueRecords records) {
        List<String> warnings = new ArrayList<>();
        for (List<String> cycle : DependencyCycles.of(records.systems())) {
            warnings.add("systems depend on each other: " + String.join(" -> ", cycle)
                    + "; while one of them is out, all of them are");
        }
        if (records.services().isEmpty()) {
            warnings.add("there is no care service, so that no outage affects any appointment");
        }
        return warnings;
    }
}
