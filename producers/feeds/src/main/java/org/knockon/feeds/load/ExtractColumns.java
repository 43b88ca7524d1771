package org.knockon.feeds.load;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which columns of an extract hold what.
 *
 * @param fields columns of each field; the texts of several are joined by a space, such as those of a date and a time
 * @param attributes columns of each attribute of the rules of services; each holds one value
 * @param identifiers column of each kind of patient identifier
 */
public record ExtractColumns(
        Map<ExtractField, List<String>> fields, Map<String, List<String>> attributes, Map<String, String> identifiers) {

    public ExtractColumns {
        fields = Map.copyOf(fields);
        attributes = copy(attributes);
        identifiers = Map.copyOf(identifiers);
    }

    /** All columns that an extract must have. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (ExtractField field : ExtractField.values()) {
            names.addAll(of(field));
        }
        attributes.values().forEach(names::addAll);
        names.addAll(identifiers.values());
        return names;
    }

    List<String> of(ExtractField field) {
        return fields.getOrDefault(field, List.of());
    }

    /** Names the columns of a field for a refusal, or the field if it has none. */
    String where(ExtractField field) {
        return where(of(field), field.key());
    }

    /** Names the columns of the attributes for a refusal. */
    String whereService() {
        return where(attributes.values().stream().flatMap(Collection::stream).toList(), "service");
    }

    private static String where(List<String> columns, String otherwise) {
        return columns.isEmpty() ? otherwise : String.join(" ", columns);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> columns) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        columns.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }
}
