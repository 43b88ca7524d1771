package org.knockon.feeds.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example in the documents, and copies of it with mistakes. */
final class CatalogueFolder {

    static final Path EXAMPLES = Path.of("..", "..", "docs", "examples", "catalogue");
    static final Path YAML = EXAMPLES.resolve("catalogue.yaml");
    static final Path CSV = EXAMPLES.resolve("csv");
    static final List<String> FILES =
            List.of(CatalogueFileReader.SYSTEMS, CatalogueFileReader.SERVICES, CatalogueFileReader.REQUIRES);

    private CatalogueFolder() {}

    /** Copies the CSV files. */
    static Path copy(Path folder) throws IOException {
        for (String file : FILES) {
            Files.copy(CSV.resolve(file), folder.resolve(file));
        }
        return folder;
    }

    /** Replaces the first occurrence in a file. */
    static void replace(Path file, String right, String wrong) throws IOException {
        Files.writeString(file, replaced(Files.readString(file), right, wrong));
    }

    static String replaced(String text, String right, String wrong) {
        int at = text.indexOf(right);
        if (at < 0) {
            throw new AssertionError("not in the text: " + right);
        }
        return text.substring(0, at) + wrong + text.substring(at + right.length());
    }
}
