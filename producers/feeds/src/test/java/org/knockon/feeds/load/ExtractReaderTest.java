package org.knockon.feeds.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.RefusedMessageException;

class ExtractReaderTest {

    private static final List<String> WANTED = List.of("APPT", "START");

    @Test
    void readsColumnsInAnyOrderAndNoOther() throws IOException {
        ExtractReader rows = reader("NAME,START,APPT,\nAda,09:30,7\nBen,09:45\n", ',');

        ExtractRow first = rows.next().orElseThrow();
        assertThat(first.line()).isEqualTo(2);
        assertThat(first.text("APPT")).isEqualTo("7");
        assertThat(first.text(List.of("APPT", "START"))).isEqualTo("7 09:30");
        assertThat(rows.next().orElseThrow().text("APPT"))
                .as("a row that ends early")
                .isEmpty();
        assertThat(rows.next()).isEmpty();
    }

    @Test
    void namesEveryMissingColumnAndTheNearestOne() {
        assertThatThrownBy(() -> reader("APT,STRAT\n", ','))
                .isInstanceOf(ExtractException.class)
                .hasMessage("there is no column 'APPT'; did you mean 'APT'?\n"
                        + "there is no column 'START'; did you mean 'STRAT'?");
    }

    @Test
    void noticesAnotherSeparator() {
        assertThatThrownBy(() -> reader("APPT;START\n", ',')).hasMessageContaining("set 'separator: \";\"' in 'load'");
        assertThatThrownBy(() -> reader("APPT\tSTART\n", ',')).hasMessageContaining("set 'separator: tab' in 'load'");
        assertThatThrownBy(() -> reader("APPT,START\n", ';')).hasMessageContaining("set 'separator: \",\"' in 'load'");
    }

    @Test
    void refusesAFileWithoutAnUsableFirstLine() {
        assertThatThrownBy(() -> reader("\n", ',')).hasMessageStartingWith("the file is empty");
        assertThatThrownBy(() -> reader("\"APPT\"x,START\n", ','))
                .hasMessageStartingWith("the first line is no valid CSV");
        assertThatThrownBy(() -> reader("APPT,START,APPT\n", ',')).hasMessage("the column 'APPT' is given twice");
    }

    @Test
    void doesNotTakeDamagedBytesForAnId() throws IOException {
        ExtractRow row = reader("APPT,START\nA\uFFFD,09:30\n", ',').next().orElseThrow();

        assertThat(row.text("START")).isEqualTo("09:30");
        assertThatThrownBy(() -> row.text("APPT")).isInstanceOf(RefusedMessageException.class);
        assertThat(row.toString()).doesNotContain("09:30");
    }

    private static ExtractReader reader(String text, char separator) throws IOException {
        return new ExtractReader(new StringReader(text), separator, WANTED);
    }
}
