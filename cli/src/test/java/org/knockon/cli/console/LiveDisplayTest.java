package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.cli.console.LiveDisplay.Frame;

class LiveDisplayTest {

    private final StringWriter written = new StringWriter();
    private final PrintWriter to = new PrintWriter(written);

    @Test
    void redrawsTheFrameInPlaceOnATerminal() {
        try (LiveDisplay display = LiveDisplay.open(to, true, true)) {
            display.show(new Frame(List.of("one", "two"), "-"));
            display.show(new Frame(List.of("three", "four"), "-"));
        }
        assertThat(screen()).containsExactly("three", "four");
    }

    @Test
    void printsLogLinesAboveTheFrame() {
        try (LiveDisplay display = LiveDisplay.open(to, true, true)) {
            display.show(new Frame(List.of("one", "two"), "-"));
            System.err.println("WARN something");
            display.show(new Frame(List.of("three", "four"), "-"));
        }
        assertThat(screen()).containsExactly("WARN something", "three", "four");
    }

    @Test
    void restoresStandardError() {
        var before = System.err;
        LiveDisplay display = LiveDisplay.open(to, true, true);
        assertThat(System.err).isNotSameAs(before);
        display.close();
        assertThat(System.err).isSameAs(before);
    }

    @Test
    void printsFewLinesAndTheLastFrameIfNotATerminal() {
        try (LiveDisplay display = LiveDisplay.open(to, false, true)) {
            display.show(new Frame(List.of("one"), "first"));
            display.show(new Frame(List.of("two"), "second, at once"));
            display.show(new Frame(List.of("three"), "third, at once"));
            display.above("news");
        }
        assertThat(written.toString().lines()).containsExactly("first", "news", "third, at once");
    }

    @Test
    void showsNothingWhenHeadless() {
        try (LiveDisplay display = LiveDisplay.open(to, true, false)) {
            display.show(new Frame(List.of("one"), "first"));
            display.above("news");
        }
        assertThat(written.toString()).isEmpty();
    }

    /** Emulates a terminal, for the few control sequences in use. */
    private List<String> screen() {
        List<StringBuilder> rows = new java.util.ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        String text = written.toString().replaceAll("\033\\[\\?\\d+[lh]", "");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\033') {
                int end = i + 2;
                while (Character.isDigit(text.charAt(end))) {
                    end++;
                }
                String number = text.substring(i + 2, end);
                switch (text.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(number);
                    case 'K' -> rows.get(row).setLength(0);
                    case 'J' -> {
                        rows.get(row).setLength(0);
                        rows.subList(row + 1, rows.size()).clear();
                    }
                    default ->
                        throw new IllegalStateException("unknown control sequence " + text.substring(i, end + 1));
                }
                i = end;
            } else if (c == '\n') {
                row++;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
            } else if (c != '\r') {
                rows.get(row).append(c);
            }
        }
        return rows.stream()
                .map(StringBuilder::toString)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
