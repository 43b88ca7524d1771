package org.knockon.feeds.hl7;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One component of one field of a segment, counted from 1.
 *
 * @param segment three letters or digits, such as {@code SCH}
 */
public record FieldRef(String segment, int field, int component) {

    private static final Pattern WRITTEN = Pattern.compile("([A-Z][A-Z0-9]{2})-([1-9]\\d?)(?:\\.([1-9]\\d?))?");

    /**
     * Reads {@code SCH-11.4}, or {@code AIS-4} for the first component.
     *
     * @throws IllegalArgumentException if the text is not of this form
     */
    public static FieldRef parse(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + written + "' is no field: write a segment, a field and maybe a component, such as SCH-11.4");
        }
        int component = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
        return new FieldRef(parts.group(1), Integer.parseInt(parts.group(2)), component);
    }

    /** As written in settings and refusals, such as {@code SCH-11.4}. */
    @Override
    public String toString() {
        return segment + "-" + field + (component == 1 ? "" : "." + component);
    }
}
