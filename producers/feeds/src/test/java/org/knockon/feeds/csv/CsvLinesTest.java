package org.knockon.feeds.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsQuotedFieldsWithAnyLineEnd(String end) throws IOException {
        assertThat(lines(
                        "\uFEFFid, name |a,\"Ears, nose\"|b,\"say \"\"no\"\"\"||c,\"two|lines\"|d,e".replace("|", end),
                        ','))
                .containsExactly(
                        "1 [id, name]", "2 [a, Ears, nose]", "3 [b, say \"no\"]", "5 [c, two\nlines]", "7 [d, e]");
    }

    @Test
    void usesTheSeparator() throws IOException {
        assertThat(lines("a;\"b;c\";d,e\n", ';')).containsExactly("1 [a, b;c, d,e]");
        assertThat(lines("a\tb c\t\n", '\t')).containsExactly("1 [a, b c, ]");
    }

    @Test
    void aBadLineCostsNoOtherLine() throws IOException {
        assertThat(lines("a,b\n\"c\"d,e\nf,g\n", ',')).containsExactly("1 [a, b]", "2 bad", "3 [f, g]");
        assertThat(lines("a,\"b\nc,d\ne,f\n", ',')).as("never closed").containsExactly("1 bad", "2 [c, d]", "3 [e, f]");
        assertThat(lines("a,\"b\nc,\"d\"\ne,f\n", ','))
                .as("closed by the quote of another line")
                .containsExactly("1 bad", "2 [c, d]", "3 [e, f]");
        assertThat(lines("5\" screen,b\nc,d\n", ','))
                .as("no quoted field")
                .containsExactly("1 [5\" screen, b]", "2 [c, d]");
    }

    @Test
    void aLineWithoutAnEndIsBadAndNotKept() throws IOException {
        assertThat(lines("a," + "x".repeat(70_000) + "\nb,c\n", ',')).containsExactly("1 bad", "2 [b, c]");
        assertThat(lines("a,\"" + "x\n".repeat(40_000) + "b,c\n", ','))
                .as("a quote that is never closed is looked for within bounds")
                .startsWith("1 bad", "2 [x]")
                .endsWith("40001 [b, c]");
    }

    @Test
    void skipsLinesWithoutAValue() throws IOException {
        assertThat(lines("\n,,\n \na\n", ',')).containsExactly("4 [a]");
        assertThat(lines("", ',')).isEmpty();
    }

    private static List<String> lines(String text, char separator) throws IOException {
        CsvLines lines = new CsvLines(new StringReader(text), separator);
        List<String> all = new ArrayList<>();
        for (Optional<CsvLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.get().number() + " "
                    + line.get().fields().map(List::toString).orElse("bad"));
        }
        return all;
    }
}
