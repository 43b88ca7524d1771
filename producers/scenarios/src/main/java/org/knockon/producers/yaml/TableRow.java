package org.knockon.producers.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A row of a table, such as a CSV file, built as an {@link Item}: its values are read, and its mistakes reported, like
 * those of a mapping in YAML. A column {@code a.b} is the key {@code b} of the mapping {@code a}.
 */
public final class TableRow {

    /**
     * A value and its place.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    public record Cell(String text, int line, int column) {

        private Optional<Mark> mark() {
            return Optional.of(new Mark("table", 0, line - 1, column - 1, new int[0], 0));
        }

        private Node node(String value) {
            return new ScalarNode(Tag.STR, true, value, ScalarStyle.PLAIN, mark(), mark());
        }
    }

    private final Cell start;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, TableRow> nested = new LinkedHashMap<>();

    /** @param start the first cell, where a missing value is reported */
    public TableRow(Cell start) {
        this.start = start;
    }

    /** Adds a value. */
    public void put(String column, Cell cell) {
        put(column, cell.node(cell.text()));
    }

    /** Adds a list of values that one cell holds. */
    public void putList(String column, Cell cell, List<String> texts) {
        List<Node> nodes = texts.stream().map(cell::node).toList();
        put(column, new SequenceNode(Tag.SEQ, true, nodes, FlowStyle.FLOW, cell.mark(), cell.mark()));
    }

    private void put(String column, Node value) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            values.put(column, value);
        } else {
            nested.computeIfAbsent(column.substring(0, dot), key -> new TableRow(start))
                    .put(column.substring(dot + 1), value);
        }
    }

    /** The row as a mapping. */
    public Item item(Problems problems) {
        return new Item(node(), "", problems);
    }

    private Node node() {
        List<NodeTuple> tuples = new ArrayList<>();
        values.forEach((key, value) -> tuples.add(new NodeTuple(start.node(key), value)));
        nested.forEach((key, row) -> tuples.add(new NodeTuple(start.node(key), row.node())));
        return new MappingNode(Tag.MAP, true, tuples, FlowStyle.BLOCK, start.mark(), start.mark());
    }
}
