package org.knockon.containertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void findsTheQueryOfEveryPanel() throws IOException {
        long expressions = 0;
        for (String dashboard : new String[] {"hospital", "pipeline"}) {
            expressions += count(Path.of("..", "docker", "grafana", "dashboards", dashboard + ".json"), "\"expr\":");
        }

        assertThat(Query.ofPanels("demo-"))
                .hasSize((int) expressions)
                .doesNotHaveDuplicates()
                .contains(new Query("Knock-on: pipeline / Instances that answer / A", "sum(up{job=\"demo-streams\"})"))
                .noneMatch(query -> query.promql().contains("$"));
        assertThat(expressions).isGreaterThan(15);
    }

    @Test
    void cutsTheLastComparisonOfEveryAlert() throws IOException {
        assertThat(Query.ofAlerts())
                .hasSize((int) count(Path.of("..", "docker", "prometheus", "alerts.yml"), "- alert:"))
                .contains(
                        new Query("KnockonDown", "up{job=~\"streams|war-room|ingest\"}"),
                        new Query(
                                "KnockonClockStandsStill",
                                "time() - max(knockon_pipeline_clock_seconds{job=\"streams\"} > 0)"));
    }

    private static long count(Path file, String text) throws IOException {
        return Pattern.compile(text, Pattern.LITERAL)
                .matcher(Files.readString(file))
                .results()
                .count();
    }
}
