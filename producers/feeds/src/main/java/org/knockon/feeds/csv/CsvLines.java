package org.knockon.feeds.csv;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CSV file of any length line by line. A bad line is returned as such and costs no other line: after a quote that
 * is never closed, reading goes on in the next line. Lines without a value are skipped.
 */
public final class CsvLines {

    /** Longest line in characters; a longer one is bad. */
    private static final int LONGEST = 64 * 1024;

    private static final char QUOTE = '"';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader in;
    private final char separator;
    private final CsvFactory csv =
            CsvFactory.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
    private final CsvSchema schema;
    /** Lines that were read to find the end of a quoted field. */
    private final Deque<String> again = new ArrayDeque<>();

    private long number;

    /** @param separator of fields, such as a comma */
    public CsvLines(Reader in, char separator) {
        this.in = new BufferedReader(in);
        this.separator = separator;
        this.schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    }

    /** The next line with a value or a mistake; empty at the end. */
    public Optional<CsvLine> next() throws IOException {
        for (String first = line(); first != null; first = line()) {
            CsvLine line = line(first);
            if (line.fields().isEmpty() || line.fields().get().stream().anyMatch(field -> !field.isEmpty())) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private CsvLine line(String first) throws IOException {
        long begin = number;
        StringBuilder text = new StringBuilder(first);
        List<String> more = new ArrayList<>();
        boolean quoted = endsQuoted(first, false);
        while (quoted && text.length() <= LONGEST) {
            String next = line();
            if (next == null) {
                break;
            }
            more.add(next);
            text.append('\n').append(next);
            quoted = endsQuoted(next, true);
        }
        Optional<List<String>> fields = quoted || text.length() > LONGEST ? Optional.empty() : fields(text.toString());
        if (fields.isEmpty()) {
            for (int i = more.size() - 1; i >= 0; i--) {
                again.push(more.get(i));
            }
            number = begin;
        }
        return new CsvLine(begin, fields);
    }

    /** Whether a quoted field is open at the end of the line. */
    private boolean endsQuoted(String line, boolean quotedBefore) {
        boolean quoted = quotedBefore;
        boolean fieldBegins = !quotedBefore;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == QUOTE) {
                // Two quotes are one in the text.
                if (i + 1 < line.length() && line.charAt(i + 1) == QUOTE) {
                    i++;
                } else {
                    quoted = false;
                }
            } else if (!quoted) {
                quoted = c == QUOTE && fieldBegins;
                fieldBegins = c == separator;
            }
        }
        return quoted;
    }

    private Optional<List<String>> fields(String text) throws IOException {
        List<String> fields = new ArrayList<>();
        try (JsonParser parser = csv.createParser(text)) {
            parser.setSchema(schema);
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    fields.add(parser.getText().strip());
                }
            }
            return Optional.of(fields);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Without its end, cut off beyond the longest; null at the end of the file. */
    private String line() throws IOException {
        if (!again.isEmpty()) {
            number++;
            return again.pop();
        }
        int c = in.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n' && c != '\r'; c = in.read()) {
            boolean mark = number == 0 && line.isEmpty() && c == BYTE_ORDER_MARK;
            if (line.length() <= LONGEST && !mark) {
                line.append((char) c);
            }
        }
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
        number++;
        return line.toString();
    }
}
