package org.knockon.benchmarks.harness;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where to write the results. */
public final class ResultsOption {

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Results file. Default: one named after the measure, in benchmarks/results.")
    private Path file;

    /** @param name of the measure */
    public Path fileFor(String name) {
        return file != null ? file : Path.of("benchmarks", "results", name + ".json");
    }
}
