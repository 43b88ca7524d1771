package org.knockon.systemtests.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture of the dataflow in docs/architecture.md has the topics, processors and arrows of the topology. */
class DataflowDocTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PREFIX = "knockon.";

    /** In the picture: {@code id([topic])} or {@code id[processor]}. */
    private static final Pattern BOX = Pattern.compile("(?m)^ *(\\w+)\\(?\\[([\\w.-]+)\\]\\)?$");

    private static final Pattern ARROW = Pattern.compile("(?m)^ *(\\w+) --> (\\w+)$");

    /** In the description of the topology; sources and sinks name topics, processors name stores. */
    private static final Pattern NODE =
            Pattern.compile("^ *(?:Source|Processor|Sink): (\\S+) \\((?:topics?: \\[?([^\\])]*)\\]?|stores: .*)\\)$");

    private static final Pattern SUCCESSORS = Pattern.compile("^ *--> (.+)$");

    @Test
    void showsTheArrowsOfTheTopology() throws IOException {
        assertThat(pictured())
                .as("arrows of the picture in docs/architecture.md, and of streams-app/topology.txt")
                .isEqualTo(described());
    }

    private static Set<String> pictured() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String picture =
                page.substring(page.indexOf("```mermaid"), page.indexOf("\n```\n", page.indexOf("```mermaid")));
        Map<String, String> names = new HashMap<>();
        BOX.matcher(picture).results().forEach(box -> names.put(box.group(1), box.group(2)));
        return ARROW.matcher(picture)
                .results()
                .map(arrow -> names.get(arrow.group(1)) + " --> " + names.get(arrow.group(2)))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> described() throws IOException {
        Map<String, List<String>> topics = new HashMap<>();
        Map<String, Set<String>> successors = new HashMap<>();
        String current = "";
        for (String line : Files.readAllLines(ROOT.resolve("streams-app/topology.txt"))) {
            Matcher node = NODE.matcher(line);
            Matcher next = SUCCESSORS.matcher(line);
            if (node.matches()) {
                current = node.group(1);
                topics.put(current, node.group(2) == null ? List.of(current) : names(node.group(2)));
            } else if (next.matches()) {
                successors.computeIfAbsent(current, any -> new HashSet<>()).addAll(names(next.group(1)));
            }
        }
        List<String> arrows = new ArrayList<>();
        successors.forEach((from, all) -> all.forEach(to ->
                topics.get(from).forEach(one -> topics.get(to).forEach(other -> arrows.add(one + " --> " + other)))));
        return new TreeSet<>(arrows);
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(", "))
                .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
                .toList();
    }
}
