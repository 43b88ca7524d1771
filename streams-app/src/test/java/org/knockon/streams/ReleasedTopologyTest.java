package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether instances of this version may run beside those of the last release, which a rolling upgrade needs. Kafka Streams
 * finds tasks by the number of their sub-topology and the state of a store by its name; it reports neither of two mistakes.
 * {@code released/topology.txt} is that of the last release; until the first release it is a draft.
 */
class ReleasedTopologyTest {

    private static final Path RELEASED = Path.of("released", "topology.txt");
    private static final Path CURRENT = Path.of("topology.txt");

    private static final Pattern SUB_TOPOLOGY = Pattern.compile(" *Sub-topology: (\\d+).*");
    private static final Pattern SOURCE = Pattern.compile(" *Source: .* \\(topics: \\[(.*)]\\)");
    private static final Pattern PROCESSOR = Pattern.compile(" *Processor: .* \\(stores: \\[(.*)]\\)");

    /** What a task reads and keeps. */
    private record Task(Set<String> topics, Set<String> stores) {}

    @Test
    void instancesOfBothVersionsCanShareTheWork() throws IOException {
        assertThat(tasks(Files.readString(CURRENT)))
                .as(
                        "Tasks of %s and of the last release, %s, differ: an upgrade must not be rolled out instance by"
                                + " instance. Either undo the change; or, if it is intended, copy %s over %s and state in the"
                                + " changelog that the upgrade needs another application.id (docs/operate.md#upgrade)",
                        CURRENT, RELEASED, CURRENT, RELEASED)
                .isEqualTo(tasks(Files.readString(RELEASED)));
    }

    @ParameterizedTest
    @CsvSource({
        "appointment-index, index, a store has another name",
        "'situation', 'situation, extra', a store is new",
        "Sub-topology: 1, Sub-topology: 3, a task has another number",
        "'topics: [knockon.internal.replaces]', 'topics: [knockon.replaces]', a source reads another topic",
    })
    void aChangeOfWhatATaskKeepsOrReadsIsNoticed(String before, String after, String what) throws IOException {
        String released = Files.readString(RELEASED);
        assertThat(released).contains(before);

        assertThat(tasks(released.replace(before, after))).as(what).isNotEqualTo(tasks(released));
    }

    @Test
    void namesOfProcessorsDoNotMatter() throws IOException {
        String released = Files.readString(RELEASED);
        assertThat(released).contains("impact-assessor", "to-outages");

        assertThat(tasks(released.replace("impact-assessor", "assessor").replace("to-outages", "outages")))
                .isEqualTo(tasks(released))
                .hasSize(3);
    }

    private static Map<Integer, Task> tasks(String description) {
        Map<Integer, Task> tasks = new TreeMap<>();
        Task current = null;
        for (String line : description.lines().toList()) {
            Matcher begin = SUB_TOPOLOGY.matcher(line);
            Matcher source = SOURCE.matcher(line);
            Matcher processor = PROCESSOR.matcher(line);
            if (begin.matches()) {
                current = new Task(new TreeSet<>(), new TreeSet<>());
                tasks.put(Integer.valueOf(begin.group(1)), current);
            } else if (source.matches()) {
                current.topics().addAll(names(source.group(1)));
            } else if (processor.matches()) {
                current.stores().addAll(names(processor.group(1)));
            }
        }
        return tasks;
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(", "));
    }
}
