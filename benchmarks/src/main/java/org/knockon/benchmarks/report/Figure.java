package org.knockon.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One figure of a result file.
 *
 * @param subject what was measured, and on what: {@code knockon}
 * @param measure with its unit: {@code events a second}
 * @param values by name if there are several, such as median, least and most; under an empty name if there is one
 */
record Figure(String subject, String measure, Map<String, BigDecimal> values) {

    private static final String MEDIAN = "median";
    private static final String COUNT = "count";

    /** The figures of a result file that are numbers or consist of numbers, in its order. */
    static List<Figure> of(JsonNode result) {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : result.path("figures").properties()) {
            Map<String, BigDecimal> values = values(field.getValue());
            if (!values.isEmpty()) {
                figures.add(of(field.getKey(), values));
            }
        }
        return figures;
    }

    /** {@code subject: measure}; or {@code what was measured, unit}; or a plain count. */
    private static Figure of(String name, Map<String, BigDecimal> values) {
        int colon = name.lastIndexOf(": ");
        int comma = name.lastIndexOf(", ");
        if (colon < 0 && comma < 0) {
            return new Figure(name, COUNT, values);
        }
        return colon < 0
                ? new Figure(name.substring(0, comma), name.substring(comma + 2), values)
                : new Figure(name.substring(0, colon), name.substring(colon + 2), values);
    }

    private static Map<String, BigDecimal> values(JsonNode node) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        if (node.isNumber()) {
            values.put("", node.decimalValue());
        }
        node.properties().forEach(part -> {
            if (part.getValue().isNumber()) {
                values.put(part.getKey(), part.getValue().decimalValue());
            }
        });
        return values;
    }

    /** The length of the bar: the only value, the median, or the first value. */
    BigDecimal main() {
        return values.getOrDefault(MEDIAN, values.values().iterator().next());
    }

    /** Whether it was measured more than once. */
    boolean spread() {
        return values.containsKey(MEDIAN) || values.containsKey("max");
    }

    /** Where the whisker begins; that of percentiles begins at the first. */
    BigDecimal least() {
        return values.getOrDefault("least", main());
    }

    /** Where the whisker ends. */
    BigDecimal most() {
        return values.getOrDefault("most", values.getOrDefault("max", main()));
    }

    /** All values in one table cell. */
    String text() {
        if (values.size() == 1) {
            return text(main());
        }
        if (values.containsKey(MEDIAN)) {
            return text(main()) + " (" + text(values.get("least")) + " to " + text(values.get("most")) + ")";
        }
        List<String> parts = new ArrayList<>();
        values.forEach((name, value) -> parts.add(name + " " + text(value)));
        return String.join(", ", parts);
    }

    /** With thousands separators, at most two decimals, and no trailing zeros. */
    static String text(BigDecimal value) {
        BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }
}
