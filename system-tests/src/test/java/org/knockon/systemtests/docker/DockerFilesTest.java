package org.knockon.systemtests.docker;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.LogFormat;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.streams.app.StreamsAppSettings;

/** What the files for containers must agree on. That they work is seen where a Docker engine is. */
class DockerFilesTest {

    private static final Path FOLDER = Path.of("..", "docker");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final Pattern OURS = Pattern.compile("\\bKNOCKON_([A-Z_]+)\\b");
    private static final Pattern CELL = Pattern.compile("`([A-Z0-9_]+)`");

    /** Which image, not how it runs. */
    private static final Set<String> OF_COMPOSE = Set.of("KNOCKON_IMAGE", "KNOCKON_PULL");

    private final String compose = read("compose.yaml");
    private final List<String> composeFiles = List.of(compose, read("compose.secure.yaml"));
    private final String dockerfile = read("Dockerfile");

    @Test
    void theImageHasTheVersionOfThisBuild() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Knockon.class.getResourceAsStream("version.properties")) {
            versions.load(in);
        }

        assertThat(dockerfile).contains("ARG VERSION=" + versions.getProperty("knockon") + "\n");
        assertThat(composeFiles)
                .allSatisfy(file -> assertThat(file)
                        .contains("${KNOCKON_IMAGE:-knockon:" + versions.getProperty("knockon") + "}")
                        .contains("${KAFKA_IMAGE:-apache/kafka:" + versions.getProperty("kafka") + "}"));
    }

    @Test
    void noImageIsWithoutAVersion() {
        assertThat(composeFiles).noneMatch(file -> file.contains("latest"));
        assertThat(composeFiles)
                .allSatisfy(file -> assertThat(Pattern.compile("(?m)^ +image: (.*)$")
                                .matcher(file)
                                .results())
                        .hasSizeGreaterThan(2)
                        .allSatisfy(image ->
                                assertThat(image.group(1)).matches("\\$\\{[A-Z_]+_IMAGE:-[a-z/-]+:v?[0-9].*}")));
    }

    @Test
    void everyPortIsOpenToThisMachineOnly() {
        assertThat(composeFiles)
                .allSatisfy(file -> assertThat(Pattern.compile("(?m)^ +ports: \\[(.*)]$")
                                .matcher(file)
                                .results())
                        .hasSizeGreaterThan(3)
                        .allSatisfy(ports -> assertThat(ports.group(1)).startsWith("\"127.0.0.1:")));
        assertThat(composeFiles).noneMatch(file -> file.contains("ports:\n"));
    }

    @Test
    void theTableOfVariablesMatchesTheComposeFiles() {
        Set<String> listed = read("README.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> CELL.matcher(cell).results().map(match -> match.group(1)))
                .collect(toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(names(VARIABLE, String.join("\n", composeFiles), 1));
    }

    @Test
    void theExerciseHasTheTimesOfItsScenario() {
        Scenario scenario = ScenarioCatalogue.load("pas-outage-demo");

        assertThat(compose)
                .contains("KNOCKON_REPLAY_FROM: \"" + Instant.ofEpochMilli(scenario.from()) + "\"\n")
                .contains("KNOCKON_REPLAY_UNTIL: \"" + Instant.ofEpochMilli(scenario.to()) + "\"\n");
    }

    @Test
    void everyVariableOfOursIsASetting() {
        Set<String> settings = StreamsAppSettings.TABLE.keySet().stream()
                .map(name -> "KNOCKON_" + name.toUpperCase(Locale.ROOT).replace('.', '_'))
                .collect(toCollection(TreeSet::new));
        settings.addAll(OF_COMPOSE);
        settings.add(LogFormat.VARIABLE);

        for (String text :
                Stream.concat(composeFiles.stream(), Stream.of(dockerfile)).toList()) {
            assertThat(names(OURS, text, 0)).isNotEmpty().isSubsetOf(settings);
        }
    }

    /** The tests start all services but Grafana, also where no image can be pulled. */
    @Test
    void everyImageButOursAndGrafanasHasAStandIn() {
        Set<String> images = names(Pattern.compile("\\$\\{([A-Z]+)_IMAGE:-"), compose, 1);
        images.removeAll(Set.of("KNOCKON", "GRAFANA"));

        assertThat(names(Pattern.compile("\\$\\(named ([A-Z]+)\\)"), read("stand-ins"), 1))
                .isEqualTo(images);
    }

    private static Set<String> names(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(match -> match.group(group)).collect(toCollection(TreeSet::new));
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
