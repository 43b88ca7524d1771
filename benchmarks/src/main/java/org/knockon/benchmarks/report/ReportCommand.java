package org.knockon.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the pages in docs/performance. The same results always give the same bytes. */
@Command(
        name = "report",
        description = "Writes a page with a table and an SVG chart for each result file, and a list of these pages.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench report"})
public final class ReportCommand implements Callable<Integer> {

    private static final String ENDING = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "Folder of the result files. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results")
    private Path from;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Folder for the pages. Default: ${DEFAULT-VALUE}.",
            defaultValue = "docs/performance")
    private Path to;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(to);
        StringBuilder list = new StringBuilder(
                "# Benchmark results\n\nMade by `./bench report` from `benchmarks/results`; not to be edited. What they mean: [performance](../performance.md).\n\n");
        for (Path file : results()) {
            String name = file.getFileName().toString().replace(ENDING, "");
            JsonNode result = JSON.readTree(file.toFile());
            Files.writeString(to.resolve(name + ".md"), ResultPage.markdown(name, result));
            List<Curve> curves = Curve.of(result);
            Files.writeString(
                    to.resolve(name + ".svg"),
                    curves.isEmpty() ? BarChart.svg(name, Figure.of(result)) : Curve.svg(name, curves));
            list.append("- [").append(name).append("](").append(name).append(".md)\n");
            System.out.println("wrote " + to.resolve(name + ".md") + " and its chart");
        }
        Files.writeString(to.resolve("README.md"), list);
        return 0;
    }

    /** Sorted by name. */
    private List<Path> results() throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
