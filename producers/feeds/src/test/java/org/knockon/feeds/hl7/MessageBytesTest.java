package org.knockon.feeds.hl7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBytesTest {

    @ParameterizedTest
    @ValueSource(strings = {"MSH|^~\\&\rSCH|1", "MSH|^~\\&\nSCH|1", "MSH|^~\\&\r\nSCH|1", "MSH|^~\\&\rSCH|1\r\r\n"})
    void makesSegmentEndsAlike(String received) {
        assertThat(MessageBytes.of(received.getBytes(UTF_8)).bytes()).isEqualTo("MSH|^~\\&\rSCH|1".getBytes(UTF_8));
    }

    @Test
    void emptyAndEndsAlone() {
        assertThat(MessageBytes.of(new byte[0]).bytes()).isEmpty();
        assertThat(MessageBytes.of("\r\n\n\r".getBytes(UTF_8)).bytes()).isEmpty();
        assertThat(MessageBytes.of("\n\r".getBytes(UTF_8)).header()).isEmpty();
    }

    @Test
    void headerHasTheBytesAsTheyCame() {
        byte[] latin = "MSH|^~\\&|P\u00c4S|RJ1||||||ID\u00e4~2^3".getBytes(ISO_8859_1);
        MessageHeader header = MessageBytes.of(latin).header().orElseThrow();

        assertThat(header.field(3).getBytes(ISO_8859_1)).isEqualTo("P\u00c4S".getBytes(ISO_8859_1));
        assertThat(header.field(10)).isEqualTo("ID\u00e4~2^3");
        assertThat(header.component(10, 1)).isEqualTo("ID\u00e4");
        assertThat(header.field(11)).isEmpty();
        assertThat(header.component(11, 3)).isEmpty();
    }

    @Test
    void aHeaderWithoutAnEndIsNone() {
        byte[] endless = ("MSH|^~\\&|" + "A".repeat(20_000)).getBytes(UTF_8);

        assertThat(MessageBytes.of(endless).header()).isEmpty();
    }

    @Test
    void bytesThatDoNotFitAreReadAsWindows1252() {
        byte[] bytes = "MSH|^~\\&\rSCH|\u20ac".getBytes(Charset.forName("windows-1252"));

        MessageBytes.Text text = MessageBytes.of(bytes).text(UTF_8);

        assertThat(text.wrongCharset()).isTrue();
        assertThat(text.text()).isEqualTo("MSH|^~\\&\rSCH|\u20ac");
    }

    @Test
    void anUnknownNameMeansTheCharacterSetOfTheFeed() {
        byte[] bytes = ("MSH|^~\\&" + "|".repeat(16) + "KLINGON\rSCH|\u00c4").getBytes(ISO_8859_1);

        assertThat(MessageBytes.of(bytes).text(ISO_8859_1).text()).endsWith("SCH|\u00c4");
    }
}
