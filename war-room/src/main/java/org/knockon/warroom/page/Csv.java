package org.knockon.warroom.page;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines of CSV (RFC 4180) that a spreadsheet can open safely. */
public final class Csv {

    private static final ObjectWriter WRITER = CsvMapper.builder()
            // Quotes depend on the content only, never on the length of a text.
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writerFor(String[].class)
            .with(CsvSchema.emptySchema().withLineSeparator("\r\n"));

    private Csv() {}

    /** One line with its line separator. Null is an empty value. */
    public static String line(List<?> values) {
        try {
            return WRITER.writeValueAsString(values.stream().map(Csv::text).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? harmless(text) : value.toString();
    }

    /**
     * A spreadsheet would run a text with such a start as a formula, and bidirectional controls would reorder other
     * cells.
     */
    private static String harmless(String given) {
        String text = Isolated.cleaned(Isolated.plain(given));
        return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    }
}
