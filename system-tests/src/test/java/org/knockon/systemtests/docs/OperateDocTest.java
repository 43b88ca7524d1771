package org.knockon.systemtests.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knockon.streams.app.StreamsAppSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Compares docs/operate.md with the alert rules and the settings. */
class OperateDocTest {

    private static final Pattern THRESHOLD = Pattern.compile("(?:>|<|==) *([0-9.]+)(?: *\\))?\\s*$");

    /** Settings of Kafka that the page explains. */
    private static final List<String> OF_KAFKA = List.of(
            "acceptable.recovery.lag",
            "max.warmup.replicas",
            "request.timeout.ms",
            "group.instance.id",
            "session.timeout.ms");

    private final Document page = Document.named("docs/operate.md");

    @Test
    void everyAlertIsExplainedWithItsThreshold() throws IOException {
        Map<String, String> explained = page.section("Alerts").orElseThrow().rows().stream()
                .collect(toMap(row -> row.get(0), row -> row.get(1)));
        Map<String, String> rules = rules().collect(toMap(
                rule -> "`" + rule.get("alert") + "`", rule -> rule.get("expr").toString()));

        assertThat(explained.keySet()).isNotEmpty().isEqualTo(rules.keySet());
        assertThat(explained).allSatisfy((alert, when) -> {
            Matcher threshold = THRESHOLD.matcher(rules.get(alert));
            assertThat(threshold.find()).as(alert).isTrue();
            double value = Double.parseDouble(threshold.group(1));
            if (value > 1) {
                assertThat(when)
                        .contains(NumberFormat.getIntegerInstance(Locale.UK).format(value));
            }
        });
    }

    @Test
    void everyAlertHasItsSeverity() throws IOException {
        Map<String, Object> severities = rules().collect(toMap(
                rule -> "`" + rule.get("alert") + "`", rule -> ((Map<?, ?>) rule.get("labels")).get("severity")));

        assertThat(page.section("Alerts").orElseThrow().rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(2)).isEqualTo(severities.get(row.get(0))));
    }

    @Test
    void explainsTheSettingsOfOperations() {
        assertThat(OF_KAFKA).allSatisfy(name -> assertThat(page.text()).contains("`" + name + "`"));
        assertThat(Stream.of("standby.replicas", "on.stop", "application.id", "state.dir", "rocksdb.memory"))
                .allSatisfy(name -> {
                    assertThat(page.text()).contains("`" + name + "`");
                    assertThat(StreamsAppSettings.TABLE).containsKey(name);
                });
    }

    @SuppressWarnings("unchecked") // The file is Prometheus's: promtool checks its types.
    private static Stream<Map<String, Object>> rules() throws IOException {
        String text = Files.readString(Document.ROOT.resolve("docker/prometheus/alerts.yml"));
        Map<String, Object> file =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return ((List<Map<String, Object>>) file.get("groups"))
                .stream().flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream());
    }
}
