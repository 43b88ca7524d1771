package org.knockon.feeds.csv;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problems;
import org.knockon.producers.yaml.TableRow;
import org.knockon.producers.yaml.TableRow.Cell;

/**
 * Reads CSV as spreadsheets write it (RFC 4180): fields with commas, quotes or line ends are quoted, and lines end in any
 * way. The first line names the columns, in any order. Lines without a value are skipped.
 */
public final class CsvFile {

    private static final CsvFactory CSV =
            CsvFactory.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();

    private final List<CsvColumn> columns;
    private final Problems problems;

    private CsvFile(List<CsvColumn> columns, Problems problems) {
        this.columns = columns;
        this.problems = problems;
    }

    /**
     * The rows, each as a mapping of column names to values; an empty field is a missing value. A file whose lines do not
     * fit its columns is reported and has no rows.
     *
     * @param text without a byte order mark
     * @param columns all that the file may have
     * @param problems those of this file
     */
    public static List<Item> parse(String text, List<CsvColumn> columns, Problems problems) {
        return new CsvFile(columns, problems).parse(text);
    }

    private List<Item> parse(String text) {
        int before = problems.count();
        List<List<Cell>> lines = lines(text);
        if (lines.isEmpty()) {
            if (problems.count() == before) {
                problems.add(
                        1, 1, "the file is empty", "its first line names the columns: " + String.join(",", names()));
            }
            return List.of();
        }
        List<Optional<CsvColumn>> header = header(lines.get(0));
        List<Item> rows = new ArrayList<>();
        for (List<Cell> line : lines.subList(1, lines.size())) {
            if (hasColumns(line, header)) {
                rows.add(row(line, header));
            }
        }
        return problems.count() == before ? rows : List.of();
    }

    private List<List<Cell>> lines(String text) {
        List<List<Cell>> lines = new ArrayList<>();
        try (JsonParser parser = CSV.createParser(text)) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                List<Cell> line = new ArrayList<>();
                try {
                    while (parser.nextToken() == JsonToken.VALUE_STRING) {
                        line.add(cell(parser));
                    }
                } catch (JsonProcessingException e) {
                    // The place where the field begins: a missing quote is noticed only at the end of the file.
                    problems.add(
                            Math.max(1, parser.currentTokenLocation().getLineNr()),
                            Math.max(1, parser.currentTokenLocation().getColumnNr()),
                            "not valid CSV: " + e.getOriginalMessage(),
                            "quote a whole field, and write a quote inside it twice");
                    return lines;
                }
                if (line.stream().anyMatch(cell -> !cell.text().isEmpty())) {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can always be read", e);
        }
    }

    private static Cell cell(JsonParser parser) throws IOException {
        return new Cell(
                parser.getText().strip(),
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
    }

    /** The column at each position; empty where it is unknown. */
    private List<Optional<CsvColumn>> header(List<Cell> line) {
        if (line.size() == 1 && line.get(0).text().contains(";")) {
            problems.add(
                    line.get(0).line(),
                    1,
                    "the columns are separated by semicolons",
                    "save the file with commas instead");
            return List.of();
        }
        List<Optional<CsvColumn>> header = new ArrayList<>();
        Map<String, Cell> seen = new HashMap<>();
        for (Cell cell : line) {
            Optional<CsvColumn> column = columns.stream()
                    .filter(each -> each.name().equals(cell.text()))
                    .findFirst();
            header.add(column);
            if (column.isEmpty() && !cell.text().isEmpty()) {
                reject(cell, "there is no column '" + cell.text() + "'", Item.suggest(cell.text(), names()));
            } else if (column.isPresent() && seen.putIfAbsent(cell.text(), cell) != null) {
                reject(cell, "the column '" + cell.text() + "' is given twice", "");
            }
        }
        for (CsvColumn column : columns) {
            if (column.required() && !seen.containsKey(column.name())) {
                reject(line.get(0), "the column '" + column.name() + "' is missing", "add it to the first line");
            }
        }
        return header;
    }

    private boolean hasColumns(List<Cell> line, List<Optional<CsvColumn>> header) {
        for (Cell cell : line.subList(Math.min(header.size(), line.size()), line.size())) {
            if (!cell.text().isEmpty() && !header.isEmpty()) {
                reject(
                        cell,
                        "the line has more fields than the first line has columns",
                        "quote a field that contains a comma");
                return false;
            }
        }
        return true;
    }

    private Item row(List<Cell> line, List<Optional<CsvColumn>> header) {
        TableRow row = new TableRow(line.get(0));
        for (int i = 0; i < Math.min(line.size(), header.size()); i++) {
            Cell cell = line.get(i);
            if (header.get(i).isPresent() && !cell.text().isEmpty()) {
                CsvColumn column = header.get(i).get();
                if (column.list()) {
                    row.putList(column.name(), cell, values(cell.text()));
                } else {
                    row.put(column.name(), cell);
                }
            }
        }
        return row.item(problems);
    }

    private static List<String> values(String text) {
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private List<String> names() {
        return columns.stream().map(CsvColumn::name).toList();
    }

    private void reject(Cell cell, String message, String suggestion) {
        problems.add(cell.line(), cell.column(), message, suggestion);
    }
}
