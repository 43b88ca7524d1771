package org.knockon.feeds.catalogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;

/** Draws a catalogue as text that Mermaid turns into a picture: arrows point from what needs something to what it needs. */
public final class MermaidGraph {

    private static final long MINUTE = 60_000;

    /** @param arrow what to draw, such as {@code -->} */
    private record Edge(String from, String to, String arrow) {}

    private final Map<String, String> nodes = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final CatalogueRecords records;

    private MermaidGraph(CatalogueRecords records) {
        this.records = records;
        int number = 0;
        for (String id : records.services().keySet()) {
            nodes.put(service(id), "v" + number++);
        }
        number = 0;
        for (String id : records.systems().keySet()) {
            nodes.put(system(id), "s" + number++);
        }
        for (CareService service : records.services().values()) {
            for (Requirement need : service.requires()) {
                String label = need.capability() + ", " + need.tolerance() / MINUTE + " min";
                edges.add(
                        new Edge(service(service.serviceId()), system(need.systemId()), "-->|" + quoted(label) + "|"));
            }
        }
        for (MonitoredSystem system : records.systems().values()) {
            new TreeSet<>(system.dependsOn())
                    .forEach(other -> edges.add(new Edge(system(system.systemId()), system(other), "-->")));
        }
    }

    /** The whole catalogue. */
    public static String of(CatalogueRecords records) {
        MermaidGraph graph = new MermaidGraph(records);
        return graph.draw(graph.nodes.keySet());
    }

    /**
     * A system or care service, what it needs, and what needs it.
     *
     * @throws IllegalArgumentException if there is no such id
     */
    public static String of(CatalogueRecords records, String id) {
        MermaidGraph graph = new MermaidGraph(records);
        List<String> start = new ArrayList<>(List.of(service(id), system(id)));
        start.retainAll(graph.nodes.keySet());
        if (start.isEmpty()) {
            throw new IllegalArgumentException("there is no system or care service '" + id + "'");
        }
        Set<String> shown = graph.reached(start, true);
        shown.addAll(graph.reached(start, false));
        return graph.draw(shown);
    }

    private Set<String> reached(List<String> start, boolean forwards) {
        Map<String, List<String>> next = new HashMap<>();
        for (Edge edge : edges) {
            next.computeIfAbsent(forwards ? edge.from() : edge.to(), key -> new ArrayList<>())
                    .add(forwards ? edge.to() : edge.from());
        }
        Set<String> reached = new HashSet<>(start);
        Deque<String> open = new ArrayDeque<>(start);
        while (!open.isEmpty()) {
            for (String other : next.getOrDefault(open.remove(), List.of())) {
                if (reached.add(other)) {
                    open.add(other);
                }
            }
        }
        return reached;
    }

    private String draw(Collection<String> shown) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (CareService each : records.services().values()) {
            String key = service(each.serviceId());
            if (shown.contains(key)) {
                text.append("  ")
                        .append(nodes.get(key))
                        .append("([")
                        .append(label(each.name(), each.serviceId()))
                        .append("])\n");
            }
        }
        for (MonitoredSystem each : records.systems().values()) {
            String key = system(each.systemId());
            if (shown.contains(key)) {
                text.append("  ")
                        .append(nodes.get(key))
                        .append('[')
                        .append(label(each.name(), each.systemId()))
                        .append("]\n");
            }
        }
        for (Edge edge : edges) {
            if (shown.contains(edge.from()) && shown.contains(edge.to())) {
                text.append("  ")
                        .append(nodes.get(edge.from()))
                        .append(' ')
                        .append(edge.arrow())
                        .append(' ')
                        .append(nodes.get(edge.to()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String label(String name, String id) {
        return name.equals(id) ? quoted(id) : "\"" + escaped(name) + "<br/>" + escaped(id) + "\"";
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    /** Mermaid writes characters that mean something to it as #name; or #number;. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> escaped.append("#quot;");
                case '<' -> escaped.append("#lt;");
                case '>' -> escaped.append("#gt;");
                case '&' -> escaped.append("#amp;");
                case '#', '`', '\\' -> escaped.append('#').append(c).append(';');
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }

    private static String service(String id) {
        return "service " + id;
    }

    private static String system(String id) {
        return "system " + id;
    }
}
