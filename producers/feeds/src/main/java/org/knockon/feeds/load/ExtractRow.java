package org.knockon.feeds.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;

/**
 * One row of an extract.
 *
 * @param line number of its first line
 * @param fields in the order of the columns; empty if the line is not valid CSV
 * @param positions of the columns
 */
public record ExtractRow(long line, List<String> fields, Map<String, Integer> positions) {

    /** What Java reads in place of bytes that do not fit the character set. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Whether the line is CSV and has no more fields than the first line has columns. */
    boolean readable() {
        return !fields.isEmpty();
    }

    /**
     * The text of the columns, joined by a space, or "" if all are empty.
     *
     * @throws RefusedMessageException if it has bytes that do not fit the character set
     */
    String text(List<String> columns) {
        return columns.stream().map(this::text).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    String text(String column) {
        int position = positions.get(column);
        String text = position < fields.size() ? fields.get(position) : "";
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new RefusedMessageException(RefusalReason.BAD_FIELD, column);
        }
        return text;
    }

    /** The whole content, to tell rows apart. */
    public String content() {
        return String.join("\u001f", fields);
    }

    /** Names the line only: the content must not appear in a log. */
    @Override
    public String toString() {
        return "ExtractRow[" + line + "]";
    }
}
