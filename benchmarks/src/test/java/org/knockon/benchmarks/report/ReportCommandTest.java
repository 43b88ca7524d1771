package org.knockon.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

class ReportCommandTest {

    private static final String RESULT = """
            {"at": "2026-01-02T03:04:05Z",
             "machine": {"processors": 2, "java": "17", "os": "Linux", "kafka": "4.3.1"},
             "settings": {"rounds": 3, "note": "a | b"},
             "figures": {
               "limit: events a second": {"median": 2000.0, "least": 1000.0, "most": 4000.0},
               "ours: events a second": {"median": 1000.5, "least": 900.0, "most": 1100.0},
               "outage: latency, ms": {"p50": 10.0, "p99": 99.25, "max": 1234.0, "times": 50},
               "start after a & b, s": 2.2,
               "counted": 1000000,
               "note": "nothing"}}
            """;

    @TempDir
    private Path folder;

    private Path results;

    @BeforeEach
    void writeResult() throws Exception {
        results = Files.createDirectory(folder.resolve("results"));
        Files.writeString(results.resolve("one.json"), RESULT);
        Files.writeString(results.resolve("another.json"), RESULT.replace("2000.0", "3000.0"));
    }

    @Test
    void tableHoldsEveryNumber() throws Exception {
        assertThat(reported("a").get("one.md"))
                .contains("| limit | events a second | 2,000 (1,000 to 4,000) |")
                .contains("| ours | events a second | 1,000.5 (900 to 1,100) |")
                .contains("| outage | latency, ms | p50 10, p99 99.25, max 1,234, times 50 |")
                .contains("| start after a & b | s | 2.2 |")
                .contains("| counted | count | 1,000,000 |")
                .contains("- note: a \\| b")
                .contains("2 processors, Linux, Java 17, Kafka 4.3.1")
                .doesNotContain("nothing");
    }

    @Test
    void barsShowMediansOnTheScaleOfTheirPanel() throws Exception {
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Files.newInputStream(report("a").resolve("one.svg")));
        // The first rectangle is the background. The longest element of the first panel is the whisker to 4,000.
        assertThat(width(chart, 1)).isEqualTo(165.0);
        assertThat(width(chart, 2)).isEqualTo(82.5);
        // A p50 of 10 with a whisker to 1,234; and a figure measured once, which fills its panel.
        assertThat(width(chart, 3)).isEqualTo(2.7);
        assertThat(width(chart, 4)).isEqualTo(330.0);
        assertThat(chart.getElementsByTagName("line").getLength()).isEqualTo(3);
    }

    @Test
    void curvesAreDrawnFromZeroToTheirLargestValue() throws Exception {
        Files.writeString(
                results.resolve("long.json"),
                RESULT.replace(
                        "\"figures\"",
                        "\"verdicts\": {\"app: heap, MiB\": \"flat: a | b\"},"
                                + " \"curves\": {\"app: heap, MiB\": [[0, 50], [15, 100], [30, 25]]}, \"figures\""));
        Map<String, String> written = reported("a");
        assertThat(written.get("long.md"))
                .contains("| app: heap, MiB | flat: a \\| b |")
                .contains("![Curves over time](long.svg)");
        // From the left edge of the panel to its right edge, and from its bottom at zero to its top at 100.
        assertThat(written.get("long.svg")).contains("points=\"80.0,84.0 464.0,36.0 848.0,108.0 \"");
    }

    @Test
    void sameResultsGiveTheSameBytes() throws Exception {
        assertThat(reported("a"))
                .isEqualTo(reported("b"))
                .containsOnlyKeys("README.md", "one.md", "one.svg", "another.md", "another.svg");
    }

    @Test
    void listsPagesByName() throws Exception {
        assertThat(reported("a").get("README.md")).endsWith("- [another](another.md)\n- [one](one.md)\n");
    }

    private static double width(Document chart, int rectangle) {
        return Double.parseDouble(chart.getElementsByTagName("rect")
                .item(rectangle)
                .getAttributes()
                .getNamedItem("width")
                .getNodeValue());
    }

    private Path report(String name) {
        Path to = folder.resolve(name);
        assertThat(new CommandLine(new ReportCommand()).execute("--from", results.toString(), "--to", to.toString()))
                .isZero();
        return to;
    }

    private Map<String, String> reported(String name) throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(report(name))) {
            for (Path file : written.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
