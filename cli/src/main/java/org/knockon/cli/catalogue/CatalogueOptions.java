package org.knockon.cli.catalogue;

import java.nio.file.Path;
import org.knockon.feeds.catalogue.CatalogueFile;
import org.knockon.feeds.catalogue.CatalogueFileReader;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options of every command on a catalogue. */
final class CatalogueOptions {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "The catalogue: a YAML file, or a folder with systems.csv, services.csv and requires.csv.")
    private Path file;

    Path file() {
        return file;
    }

    /** Reads the catalogue and prints its warnings on standard error. */
    CatalogueFile read(CommandLine command) {
        CatalogueFile catalogue = CatalogueFileReader.read(file);
        catalogue.warnings().forEach(warning -> command.getErr().println("warning: " + warning));
        return catalogue;
    }
}
