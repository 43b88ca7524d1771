package org.knockon.producers.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects all mistakes in one file, so that they are reported together. */
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    void add(Node node, String message, String suggestion) {
        add(node == null ? Optional.empty() : node.getStartMark(), message, suggestion);
    }

    void add(Optional<Mark> mark, String message, String suggestion) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        found.add(new Problem(file, line, column, message, suggestion));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Number of problems so far, for checks that make sense only if earlier checks passed. */
    public int count() {
        return found.size();
    }

    /** In the order of the file, without repeats. */
    public List<Problem> all() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
