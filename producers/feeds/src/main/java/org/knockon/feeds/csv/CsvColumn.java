package org.knockon.feeds.csv;

/**
 * A column that a CSV file may have.
 *
 * @param name in the first line; {@code a.b} is the key {@code b} of the mapping {@code a}
 * @param required whether the file must have it
 * @param list whether a field holds several values, separated by semicolons
 */
public record CsvColumn(String name, boolean required, boolean list) {

    public static CsvColumn required(String name) {
        return new CsvColumn(name, true, false);
    }

    public static CsvColumn optional(String name) {
        return new CsvColumn(name, false, false);
    }

    public static CsvColumn list(String name) {
        return new CsvColumn(name, false, true);
    }
}
