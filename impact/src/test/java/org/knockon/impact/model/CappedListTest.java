package org.knockon.impact.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CappedListTest {

    @Test
    void keepsAShortListWhole() {
        assertThat(CappedList.of(List.of())).isEqualTo(new CappedList(List.of(), 0));
        assertThat(CappedList.of(List.of("a", "b"))).isEqualTo(new CappedList(List.of("a", "b"), 2));
        assertThat(CappedList.of(ids(1_000, "id"))).isEqualTo(new CappedList(ids(1_000, "id"), 1_000));
    }

    @Test
    void keepsTheFirstThousand() {
        assertThat(CappedList.of(ids(1_001, "id"))).isEqualTo(new CappedList(ids(1_000, "id"), 1_001));
    }

    @Test
    void keepsFewerIfTheirTextIsLong() {
        // 8 digits and 192 characters are 200 bytes each.
        List<String> exact = ids(1_000, "x".repeat(192));
        assertThat(CappedList.of(exact)).isEqualTo(new CappedList(exact, 1_000));

        List<String> longer = ids(1_000, "x".repeat(193));
        CappedList capped = CappedList.of(longer);
        assertThat(capped.first()).isEqualTo(longer.subList(0, 200_000 / 201));
        assertThat(capped.total()).isEqualTo(1_000);
    }

    @Test
    void stopsAtTheFirstEntryThatDoesNotFit() {
        List<String> ids = List.of("a", "x".repeat(200_000), "z");
        assertThat(CappedList.of(ids)).isEqualTo(new CappedList(List.of("a"), 3));
    }

    @Test
    void countsBytesAndNotCharacters() {
        for (String sign : List.of("x", "é", "€", "🏥", "\ud83c")) {
            int bytes = sign.getBytes(StandardCharsets.UTF_8).length;
            String half = sign.repeat(100_000 / bytes) + "x".repeat(100_000 % bytes);
            assertThat(half.getBytes(StandardCharsets.UTF_8)).hasSize(100_000);
            assertThat(CappedList.of(List.of(half, half)).first()).as(sign).hasSize(2);
            assertThat(CappedList.of(List.of(half, half + "x")).first())
                    .as(sign)
                    .hasSize(1);
        }
    }

    private static List<String> ids(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("%08d%s", i, text))
                .toList();
    }
}
