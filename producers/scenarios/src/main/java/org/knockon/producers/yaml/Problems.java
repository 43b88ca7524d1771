package org.knockon.producers.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects all mistakes in one file, so that they are reported together. */
public final class Problems {
    private final String file;
    private final UnaryOperator<String> addition;
    private final List<Problem> found = new ArrayList<>();

    private Problems(String file, UnaryOperator<String> addition) {
        this.file = file;
        this.addition = addition;
    }

    public Problems(String file) {
        this(file, key -> "add the key '" + key + "'");
    }

    /** For a file whose rows are read with {@link TableRow}. */
    public static Problems ofTable(String file) {
        return new Problems(file, column -> "fill in the column");
    }

    /** How to add a value that is missing. */
    String addition(String key) {
        return addition.apply(key);
    }

    void add(Node node, String message, String suggestion) {
        add(node == null ? Optional.empty() : node.getStartMark(), message, suggestion);
    }

    void add(Optional<Mark> mark, String message, String suggestion) {
        add(mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message, suggestion);
    }

    /**
     * Reports a problem at a place in the file.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    public void add(int line, int column, String message, String suggestion) {
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
