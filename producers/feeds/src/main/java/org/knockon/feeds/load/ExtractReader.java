package org.knockon.feeds.load;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.csv.CsvLine;
import org.knockon.feeds.csv.CsvLines;
import org.knockon.producers.yaml.Item;

/** Reads an extract row by row. Columns that the feeds file does not name are not looked at. */
public final class ExtractReader {

    private final CsvLines lines;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int columns;

    /**
     * Reads the first line, which names the columns.
     *
     * @param separator of fields
     * @param wanted columns that it must have
     * @throws ExtractException with everything that is wrong with the first line
     */
    public ExtractReader(Reader in, char separator, Collection<String> wanted) throws IOException {
        lines = new CsvLines(in, separator);
        List<String> header = lines.next()
                .orElseThrow(() -> new ExtractException("the file is empty; its first line must name the columns"))
                .fields()
                .orElseThrow(() -> new ExtractException("the first line is no valid CSV; it must name the columns"));
        columns = header.size();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (positions.putIfAbsent(name, i) != null && wanted.contains(name)) {
                problems.add("the column '" + name + "' is given twice");
            }
        }
        for (String name : wanted) {
            if (!positions.containsKey(name)) {
                problems.add("there is no column '" + name + "'; " + hint(name, header, separator));
            }
        }
        if (!problems.isEmpty()) {
            throw new ExtractException(String.join("\n", problems));
        }
    }

    private static String hint(String name, List<String> header, char separator) {
        Optional<String> other = Map.of(";", "\";\"", "\t", "tab", ",", "\",\"").entrySet().stream()
                .filter(each -> header.size() == 1 && header.get(0).contains(each.getKey()))
                .filter(each -> each.getKey().charAt(0) != separator)
                .map(Map.Entry::getValue)
                .findFirst();
        return other.map(written -> "set 'separator: " + written + "' in 'load'")
                .orElseGet(() -> Item.suggest(name, header));
    }

    /** The next row; empty at the end. */
    public Optional<ExtractRow> next() throws IOException {
        return lines.next().map(this::row);
    }

    private ExtractRow row(CsvLine line) {
        List<String> fields = line.fields()
                .filter(all -> all.stream().skip(columns).allMatch(String::isEmpty))
                .orElse(List.of());
        return new ExtractRow(line.number(), fields, positions);
    }
}
