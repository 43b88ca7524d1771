package org.knockon.feeds.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problem;
import org.knockon.producers.yaml.Problems;
import org.knockon.producers.yaml.Section;

class CsvFileTest {

    private static final List<CsvColumn> COLUMNS = List.of(
            CsvColumn.required("id"),
            CsvColumn.optional("name"),
            CsvColumn.list("needs"),
            CsvColumn.optional("limits.least"),
            CsvColumn.optional("limits.most"));

    private final Problems problems = Problems.ofTable("a.csv");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsQuotedFieldsWithAnyLineEnd(String end) {
        List<Item> rows =
                read("id,name,needs,limits.most|a,\"Ears, nose\",b; c ;,5|b,\"say \"\"no\"\"\",,|".replace("|", end));

        assertThat(rows).hasSize(2);
        Section first = rows.get(0).section();
        assertThat(first.required("id").text("")).isEqualTo("a");
        assertThat(first.optional("name").text("")).isEqualTo("Ears, nose");
        assertThat(first.optional("needs").list())
                .extracting(item -> item.text(""))
                .containsExactly("b", "c");
        assertThat(first.optional("limits").section().optional("most").whole(0, 9, 0))
                .isEqualTo(5);
        Section second = rows.get(1).section();
        assertThat(second.optional("name").text("")).isEqualTo("say \"no\"");
        assertThat(second.optional("needs").present()).isFalse();
        assertThat(second.optional("limits").present()).isFalse();
        assertThat(rows).extracting(Item::line).containsExactly(2, 3);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void countsTheLinesInsideQuotedFieldsAndTheEmptyOnes() {
        List<Item> rows = read("id,name\r\na,\"two\r\nlines\"\r\n\r\n,\r\n  b,x\r\n");

        assertThat(rows).extracting(Item::line).containsExactly(2, 6);
        rows.get(1).section().required("name").reject("wrong", "");
        rows.get(1).section().required("needs").list();
        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly("a.csv:6:3: 'needs' is missing; fill in the column", "a.csv:6:5: wrong");
    }

    @Test
    void acceptsColumnsInAnyOrderAndRowsThatEndEarly() {
        List<Item> rows = read("name,id,\nA,a\n");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).section().required("id").text("")).isEqualTo("a");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void namesAllColumnsThatAreWrongAtOnce() {
        assertThat(read("name,nam,Id,name\nx,y,z,w\n")).isEmpty();

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.csv:1:1: the column 'id' is missing; add it to the first line",
                        "a.csv:1:6: there is no column 'nam'; did you mean 'name'?",
                        "a.csv:1:10: there is no column 'Id'; did you mean 'id'?",
                        "a.csv:1:13: the column 'name' is given twice");
    }

    @Test
    void namesALineThatDoesNotFit() {
        assertThat(read("id,name\na,Ears, nose\n")).isEmpty();

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly("a.csv:2:8: the line has more fields than the first line has columns;"
                        + " quote a field that contains a comma");
    }

    @Test
    void namesTheFieldWhoseQuoteIsMissing() {
        assertThat(read("id,name\na,\"Ears\nb,Nose\n")).isEmpty();

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).toString())
                .startsWith("a.csv:2:3: not valid CSV: ")
                .endsWith("; quote a whole field, and write a quote inside it twice");
    }

    @Test
    void saysWhatToDoWithSemicolonsAndWithAnEmptyFile() {
        assertThat(read("id;name\na;A\n")).isEmpty();
        assertThat(read("")).isEmpty();

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.csv:1:1: the columns are separated by semicolons; save the file with commas instead",
                        "a.csv:1:1: the file is empty; its first line names the columns:"
                                + " id,name,needs,limits.least,limits.most");
    }

    private List<Item> read(String text) {
        return CsvFile.parse(text, COLUMNS, problems);
    }
}
