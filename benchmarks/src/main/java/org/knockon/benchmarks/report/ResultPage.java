package org.knockon.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A Markdown page about one result file. */
final class ResultPage {

    private ResultPage() {}

    /** @param name of the result file without its extension; the chart has the same name */
    static String markdown(String name, JsonNode result) {
        JsonNode machine = result.path("machine");
        StringBuilder page = new StringBuilder(1_000);
        page.append("# Benchmark: ")
                .append(name)
                .append("\n\nMeasured ")
                .append(result.path("at").asText());
        page.append(" on ").append(machine.path("processors").asText()).append(" processors, ");
        page.append(machine.path("os").asText())
                .append(", Java ")
                .append(machine.path("java").asText());
        page.append(", Kafka ").append(machine.path("kafka").asText()).append(".\n");
        page.append("Made by `./bench report` from `benchmarks/results/")
                .append(name)
                .append(".json`; not to be edited.\n");
        List<String> settings = new ArrayList<>();
        result.path("settings")
                .properties()
                .forEach(setting -> settings.add(setting.getKey() + ": " + plain(setting.getValue())));
        if (!settings.isEmpty()) {
            page.append('\n');
            settings.forEach(
                    setting -> page.append("- ").append(escaped(setting)).append('\n'));
        }
        List<Figure> figures = Figure.of(result);
        boolean repeated = figures.stream().anyMatch(figure -> figure.values().containsKey("median"));
        page.append("\n| what | measure | ")
                .append(repeated ? "median (least to most)" : "figure")
                .append(" |\n|---|---|---|\n");
        for (Figure figure : figures) {
            page.append("| ").append(escaped(figure.subject()));
            page.append(" | ").append(escaped(figure.measure()));
            page.append(" | ").append(escaped(figure.text())).append(" |\n");
        }
        if (!result.path("verdicts").isEmpty()) {
            page.append("\n| what must hold | verdict |\n|---|---|\n");
            result.path("verdicts")
                    .properties()
                    .forEach(verdict -> page.append("| ")
                            .append(escaped(verdict.getKey()))
                            .append(" | ")
                            .append(escaped(verdict.getValue().asText()))
                            .append(" |\n"));
        }
        page.append(result.path("curves").isEmpty() ? "\n![Bar chart of these figures](" : "\n![Curves over time](")
                .append(name)
                .append(".svg)\n");
        return page.toString();
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
