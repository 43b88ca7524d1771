package org.knockon.producers.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping in a YAML file. The keys that were read are the keys that are allowed: {@link #close()} reports every other
 * key and suggests the nearest allowed one.
 */
public final class Section implements AutoCloseable {
    /** Null if the mapping itself is missing; then its keys are not reported as missing. */
    private final MappingNode place;

    private final String path;
    private final Problems problems;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> allowed = new LinkedHashSet<>();

    Section(MappingNode mapping, String path, Problems problems) {
        this.place = mapping;
        this.path = path;
        this.problems = problems;
        if (mapping == null) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                problems.add(key, "a key must be plain text", "");
            } else if (values.putIfAbsent(scalar.getValue(), tuple.getValueNode()) != null) {
                int first =
                        keys.get(scalar.getValue()).getStartMark().orElseThrow().getLine() + 1;
                problems.add(key, "'" + scalar.getValue() + "' is given twice", "it is first given in line " + first);
            } else {
                keys.put(scalar.getValue(), key);
            }
        }
    }

    /** The value of a required key. */
    public Item required(String key) {
        Item item = optional(key);
        if (!item.present() && place != null) {
            problems.add(place, "'" + at(key) + "' is missing", problems.addition(key));
        }
        return item;
    }

    /** The value of an optional key. */
    public Item optional(String key) {
        allowed.add(key);
        return new Item(values.get(key), at(key), problems);
    }

    /** All keys and values, for mappings whose keys the author chooses. */
    public Map<String, Item> entries() {
        allowed.addAll(values.keySet());
        Map<String, Item> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, new Item(value, at(key), problems)));
        return entries;
    }

    /** Reports a problem with a key itself. */
    public void rejectKey(String key, String message, String suggestion) {
        problems.add(keys.get(key), message, suggestion);
    }

    /** Reports a key that is not one of the defined names. */
    public void rejectUnknownKey(String key, String what, Collection<String> defined) {
        rejectKey(key, "there is no " + what + " '" + key + "'", NearestWord.suggest(key, defined));
    }

    /** Reports a problem with the mapping as a whole. */
    public void reject(String message, String suggestion) {
        problems.add(place, message, suggestion);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    @Override
    public void close() {
        keys.forEach((key, node) -> {
            if (!allowed.contains(key)) {
                String where = path.isEmpty() ? "" : " in '" + path + "'";
                problems.add(node, "unknown key '" + key + "'" + where, NearestWord.suggest(key, allowed));
            }
        });
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
