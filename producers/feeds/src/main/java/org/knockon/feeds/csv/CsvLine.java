package org.knockon.feeds.csv;

import java.util.List;
import java.util.Optional;

/**
 * One line of a CSV file, or several if a quoted field has line ends.
 *
 * @param number of its first line, from 1 on
 * @param fields without spaces around them; empty if the line is not valid CSV
 */
public record CsvLine(long number, Optional<List<String>> fields) {

    public CsvLine {
        fields = fields.map(List::copyOf);
    }

    /** Names the number only: the content must not appear in a log. */
    @Override
    public String toString() {
        return "CsvLine[" + number + "]";
    }
}
