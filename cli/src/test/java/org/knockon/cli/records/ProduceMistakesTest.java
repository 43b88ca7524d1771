package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.cli.connect.TopicNames;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** Realistic mistakes in the input of {@code knockon produce}: spreadsheet exports, files of other programs, guesses at the format. */
class ProduceMistakesTest {

    private static final long NOW = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
    private static final String GOOD = "good";

    private final KnockonSerdes serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://mistakes"));

    @AfterEach
    void closesSerdes() {
        serdes.close();
    }

    @Test
    void explainsEveryInvalidLine() throws IOException {
        Map<Long, String> results = read(Topics.SYSTEM_HEALTH, file("health.jsonl"));

        String time = "value: observedAt must be a time such as 2022-07-19T13:00:00Z, but it is ";
        assertThat(results)
                .hasSize(28)
                .containsEntry(
                        1L,
                        "value is missing: put the fields of the record inside it, as in {\"value\":{\"systemId\":..}}")
                .containsEntry(
                        2L,
                        "value: status must be one of [UNKNOWN, UP, DEGRADED, DOWN, MAINTENANCE], but it is down;"
                                + " write DOWN")
                .containsEntry(3L, time + "29/11/2026 22:00")
                .containsEntry(
                        4L,
                        time + "2026-11-29 22:00:00; the zone is missing: end with Z for UTC, or with an offset such as"
                                + " +01:00, and write T between date and time")
                .containsEntry(
                        5L,
                        time + "2026-11-29T22:00:00; the zone is missing: end with Z for UTC, or with an offset such as"
                                + " +01:00")
                .containsEntry(6L, time + "a whole number; write seconds or milliseconds since 1970 as such a time")
                .containsEntry(7L, time + "a whole number; write seconds or milliseconds since 1970 as such a time")
                .containsEntry(8L, "value: detail must be a text, but it is an object")
                .containsEntry(9L, "value: monitor must be a text, but it is null")
                .containsEntry(10L, GOOD)
                .containsEntry(11L, GOOD)
                .containsEntry(12L, "the key is empty")
                .containsEntry(13L, "key is 'other', but the value's systemId is 'pas'")
                .containsEntry(14L, "not valid JSON: Duplicate field 'systemId' at column 38")
                .containsEntry(15L, "a comma follows the record; write one record per line, without a comma")
                .containsEntry(16L, "the line is a list; write each record as an object on its own line")
                .doesNotContainKey(17L)
                .containsEntry(18L, "comments are not allowed; remove the line")
                .containsEntry(19L, time + "2026-11-29T24:00:00Z; write 00:00 of the next day")
                .containsEntry(20L, time + "2026-02-29T10:00:00Z")
                .containsEntry(21L, "timestamp must be a time such as 2022-07-19T13:00:00Z, but it is yesterday")
                .containsEntry(22L, "key is missing: systemId")
                .containsEntry(23L, "value is null: an observation cannot be deleted")
                .containsEntry(24L, "a second record follows on the same line; write one record per line")
                .containsEntry(25L, time + "99999-01-01T00:00:00Z")
                .containsEntry(
                        26L,
                        "observedAt is +99999-01-01T00:00:00Z, outside the years 2000 to 2099: is it in milliseconds?")
                .containsEntry(
                        27L,
                        "observedAt is 0000-01-01T00:00:00Z, outside the years 2000 to 2099: is it in milliseconds?")
                .containsEntry(28L, GOOD)
                .containsEntry(
                        29L,
                        "value: colour is not known; the fields are [systemId, status, observedAt, monitor, detail]");
    }

    @Test
    void rejectsOnlyTheLineWithASpreadsheetsZeroDate() throws IOException {
        assertThat(read(Topics.SYSTEM_HEALTH, file("excel-zero-date.jsonl")))
                .containsEntry(1L, GOOD)
                .containsEntry(
                        2L,
                        "observedAt is 1899-12-30T00:00:00Z, outside the years 2000 to 2099: is it in milliseconds?")
                .containsEntry(3L, GOOD);
    }

    @Test
    void acceptsAByteOrderMarkAndWindowsLineEnds() throws IOException {
        assertThat(read(Topics.SYSTEM_HEALTH, file("bom-crlf.jsonl"))).isEqualTo(Map.of(1L, GOOD));
    }

    @Test
    void rejectsALineThatIsNotUtf8() throws IOException {
        assertThat(read(Topics.SYSTEM_HEALTH, file("latin1.jsonl")))
                .isEqualTo(Map.of(1L, "byte 92 (0xE9) is not UTF-8: save the file as UTF-8"));
    }

    @Test
    void rejectsCsv() throws IOException {
        assertThat(read(Topics.SYSTEM_HEALTH, file("health.csv")))
                .hasSize(2)
                .allSatisfy((line, result) -> assertThat(result)
                        .isEqualTo("the line does not begin with {: the format is JSON lines, one object"
                                + " {\"key\":..,\"value\":..} per line"));
    }

    @Test
    void acceptsAnEmptyFile() throws IOException {
        assertThat(read(Topics.SYSTEM_HEALTH, file("empty.jsonl"))).isEmpty();
    }

    @Test
    void acceptsASystemThatDependsOnItself() throws IOException {
        assertThat(read(Topics.SYSTEMS, file("systems.jsonl"))).isEqualTo(Map.of(1L, GOOD));
    }

    @Test
    void rejectsARecordThatThePipelineWouldReject() throws IOException {
        String line = "{\"value\":{\"systemId\":\"pas\",\"status\":\"UP\",\"observedAt\":\"2026-11-29T21:00:00Z\","
                + "\"monitor\":\"m\",\"detail\":\"%s\"}}%n";
        String lines = line.formatted("a".repeat(4_000)) + line.formatted("a".repeat(3_000_000)) + line.formatted("é");

        assertThat(read(Topics.SYSTEM_HEALTH, lines.getBytes(UTF_8)))
                .containsEntry(1L, GOOD)
                .containsEntry(2L, "detail has 3000000 bytes in UTF-8: at most 4000 are accepted")
                .containsEntry(3L, GOOD);
    }

    @Test
    void skipsALineThatExceedsMemory() throws IOException {
        byte[] good = ("{\"key\":\"pas\",\"value\":null}\n").getBytes(UTF_8);
        InputStream endless = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(good),
                new Zeros(3L * Utf8Lines.LONGEST),
                new ByteArrayInputStream(("\n" + new String(good, UTF_8)).getBytes(UTF_8)))));

        assertThat(read(Topics.SYSTEMS, endless))
                .isEqualTo(Map.of(1L, GOOD, 2L, "the line is longer than 16 MiB", 3L, GOOD));
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "'a\n', 1", "'a\nb', 2", "'a\r\nb\r\n', 2", "'\n\n', 2", "'', 0"})
    void countsLinesAsEditorsDo(String text, long lines) throws IOException, BadRecordException {
        try (Utf8Lines in = new Utf8Lines(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            while (in.next() != null) {
                // Only the number of lines matters.
            }
            assertThat(in.number()).isEqualTo(lines);
        }
    }

    @Test
    void namesUtf16() {
        byte[] lines = "{\"key\":\"pas\",\"value\":null}\n".getBytes(UTF_16);
        byte[] little = "\uFEFF{\"key\":\"pas\",\"value\":null}\n".getBytes(UTF_16LE);

        for (byte[] file : List.of(lines, little)) {
            assertThatThrownBy(() -> read(Topics.SYSTEMS, file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("it is UTF-16");
        }
    }

    @Test
    void countsInvalidBytesWithinTheirLine() throws IOException {
        byte[] file = "{\"key\":\"a\",\"value\":null}\n{\"key\":\"\u00e9\",\"value\":null}\n".getBytes(ISO_8859_1);

        assertThat(read(Topics.SYSTEMS, file))
                .isEqualTo(Map.of(1L, GOOD, 2L, "byte 9 (0xE9) is not UTF-8: save the file as UTF-8"));
    }

    private Map<Long, String> read(Topic<?> topic, byte[] bytes) throws IOException {
        return read(topic, new ByteArrayInputStream(bytes));
    }

    /** Returns the result for each line that is not blank. */
    private Map<Long, String> read(Topic<?> topic, InputStream bytes) throws IOException {
        LineReader<?> reader = LineReader.of(new TopicNames.Named(topic, topic.name("knockon.")), serdes);
        Map<Long, String> results = new TreeMap<>();
        try (Utf8Lines in = new Utf8Lines(bytes)) {
            while (true) {
                try {
                    String line = in.next();
                    if (line == null) {
                        return results;
                    }
                    if (!line.isBlank()) {
                        reader.read(line, NOW, NOW);
                        results.put(in.number(), GOOD);
                    }
                } catch (BadRecordException e) {
                    results.put(in.number(), e.getMessage());
                }
            }
        }
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = ProduceMistakesTest.class.getResourceAsStream("/produce-mistakes/" + name)) {
            return in.readAllBytes();
        }
    }

    /** A given number of zero bytes. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int bytes = (int) Math.min(left, length);
            Arrays.fill(into, from, from + bytes, (byte) 0);
            left -= bytes;
            return bytes == 0 ? -1 : bytes;
        }
    }
}
