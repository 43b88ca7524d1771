package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the parser makes of fields of every shape. */
class SegmentsTest {

    @Test
    void readsComponentsOfAllRepetitionsAndSegments() {
        Segments segments = segments("SCH|1|2", "RGS|1", "AIS|1||A^x~B", "AIS|2||^y", "AIS|3||C");

        assertThat(segments.texts(FieldRef.parse("AIS-3"))).containsExactly("A", "B", "C");
        assertThat(segments.texts(FieldRef.parse("AIS-3.2"))).containsExactly("x", "y");
        assertThat(segments.texts(FieldRef.parse("AIS-9"))).isEmpty();
        assertThat(segments.texts(FieldRef.parse("AIL-3"))).isEmpty();
    }

    @Test
    void aComponentIsItsWholeText() {
        Segments segments = segments("SCH|1|a&b&&d||||99^Ear & Nose");

        assertThat(segments.first("SCH-2")).contains("a&b&&d");
        assertThat(segments.first("SCH-6.2")).contains("Ear & Nose");
    }

    @Test
    void aFieldOfOneComponentMayHaveMore() {
        assertThat(segments("SCH|1|2|||||||30^min").first("SCH-9.2")).contains("min");
        assertThat(segments("SCH|1|2|||||||30^min").whole("SCH", 9)).containsExactly("30^min");
    }

    @Test
    void aWholeFieldLosesItsEmptyEnd() {
        Segments segments = segments("SCH|1|2", "RGS|1", "AIL|1||^^^", "AIL|2||CARD1^^^RJ121&x^\"\"^^", "AIL|3");

        assertThat(segments.whole("AIL", 3)).containsExactly("CARD1^^^RJ121&x");
    }

    @Test
    void emptiedIsNotTheSameAsMissing() {
        Segments segments = segments("SCH|\"\"|2||||||^\"\"|||\"\"");

        assertThat(segments.first("SCH-1")).isEmpty();
        assertThat(segments.emptied("SCH-1")).isTrue();
        assertThat(segments.emptied("SCH-2")).isFalse();
        assertThat(segments.emptied("SCH-3")).isFalse();
        assertThat(segments.emptied("SCH-8")).isFalse();
        assertThat(segments.emptied("SCH-8.2")).isTrue();
        assertThat(segments.emptied("SCH-11.4")).isTrue();
    }

    @Test
    void readsSegmentsThatAreNotInTheStandard() {
        assertThat(segments("SCH|1", "ZSL|202603130800^b|c").first("ZSL-1.2")).contains("b");
    }

    @Test
    void aTextThatIsNoMessageIsNone() {
        assertThat(SegmentParser.parse("", Separators.STANDARD)).isEmpty();
        assertThat(SegmentParser.parse("MSH", Separators.STANDARD)).isEmpty();
        assertThat(SegmentParser.parse("SCH|1", Separators.STANDARD)).isEmpty();
    }

    @Test
    void oneParserServesManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String name = "T" + thread;
                wrong.add(threads.submit(() -> {
                    int mistakes = 0;
                    for (int i = 0; i < 500; i++) {
                        String id = name + "-" + i;
                        mistakes += segments("SCH|1|" + id)
                                        .first("SCH-2")
                                        .orElse("")
                                        .equals(id)
                                ? 0
                                : 1;
                    }
                    return mistakes;
                }));
            }
            for (Future<Integer> mistakes : wrong) {
                assertThat(mistakes.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Segments segments(String... segments) {
        return SegmentParser.parse(
                        "MSH|^~\\&|||||||SIU^S12^SIU_S12|1|P|2.5.1\r" + String.join("\r", segments) + "\r",
                        Separators.STANDARD)
                .orElseThrow();
    }
}
