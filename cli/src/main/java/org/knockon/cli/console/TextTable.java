package org.knockon.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns. The first column and the given text columns are left-aligned, all others hold numbers and are right-aligned.
 * picocli's own table is left-aligned and needs fixed widths.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> textColumns;

    /** @param textColumns indices of the text columns after the first */
    public TextTable(Integer... textColumns) {
        this.textColumns = List.of(textColumns);
    }

    public TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Number number ? Figures.count(number.longValue()) : String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** Returns one line per row, without trailing spaces. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String padding = " ".repeat(widths.get(i) - row.get(i).length());
            boolean left = i == 0 || textColumns.contains(i);
            line.append(i == 0 ? "" : GAP).append(left ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
