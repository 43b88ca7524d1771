package org.knockon.containertests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A query that someone relies on.
 *
 * @param place panel or alert
 */
record Query(String place, String promql) {

    private static final Path DOCKER = Path.of("..", "docker");
    private static final Pattern COMPARISON =
            Pattern.compile("(?<measured>.+) (?:==|!=|>|<|>=|<=) -?[0-9.]+", Pattern.DOTALL);

    /**
     * Returns the queries of all panels of all dashboards.
     *
     * @param prefix of the job to choose where a dashboard offers several, such as {@code demo-}
     */
    static List<Query> ofPanels(String prefix) {
        List<Query> queries = new ArrayList<>();
        for (Path file : dashboards()) {
            JsonNode dashboard = json(file);
            String job = job(dashboard, prefix);
            for (JsonNode panel : dashboard.findParents("targets")) {
                String place = dashboard.get("title").textValue() + " / "
                        + panel.get("title").textValue();
                panel.get("targets")
                        .forEach(target -> queries.add(new Query(
                                place + " / " + target.get("refId").textValue(),
                                target.get("expr").textValue().replace("$job", job))));
            }
        }
        return queries;
    }

    /** Returns what each alert measures: its expression without the comparison that lets it fire. */
    @SuppressWarnings("unchecked") // YAML has no types; another shape fails the test
    static List<Query> ofAlerts() {
        Map<String, Object> file = (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(text(DOCKER.resolve("prometheus/alerts.yml")));
        return ((List<Map<String, Object>>) file.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, String>>) group.get("rules")).stream())
                        .map(rule -> new Query(rule.get("alert"), measured(rule.get("expr"))))
                        .toList();
    }

    private static String measured(String expression) {
        Matcher comparison = COMPARISON.matcher(expression);
        if (!comparison.matches()) {
            throw new AssertionError("an alert must end with a comparison: " + expression);
        }
        return comparison.group("measured");
    }

    private static String job(JsonNode dashboard, String prefix) {
        return Stream.of(dashboard.at("/templating/list/0/query").textValue().split(","))
                .filter(job -> job.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
