package org.knockon.impact.model;

/**
 * A dimension and its value.
 *
 * @param value empty for {@link Dimension#ALL}
 */
public record Cell(Dimension dimension, String value) {

    public static final Cell ALL = new Cell(Dimension.ALL, "");

    /** Key on {@code impact-counts}: {@code ALL}, or {@code DIMENSION|value}. */
    public String key() {
        return dimension == Dimension.ALL ? "ALL" : dimension.name() + "|" + value;
    }

    /** Inverse of {@link #key()}; the value may contain further bars. */
    public static Cell parse(String key) {
        int bar = key.indexOf('|');
        return bar < 0 ? ALL : new Cell(Dimension.valueOf(key.substring(0, bar)), key.substring(bar + 1));
    }
}
