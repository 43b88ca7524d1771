package org.knockon.cli.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ImpactCounts;

class CountTermTest {

    private static final ImpactCounts COUNTS = new ImpactCounts(1, 2, 3, 4, 5, 6, 7, 8);

    /** The vocabulary of all screens and terminals. */
    private static final Map<String, String> WORDS = Map.of(
            "postponed", "postponed",
            "awaitingDate", "no new date",
            "rebooked", "new date",
            "recovered", "seen since",
            "abandoned", "given up",
            "unconfirmed", "not recorded yet",
            "deliveredInDowntime", "seen on paper",
            "atRisk", "at risk",
            "outstanding", "care still owed");

    @Test
    void usesTheWordsOfTheWall() {
        assertThat(Stream.of(CountTerm.values()).collect(Collectors.toMap(CountTerm::field, CountTerm::word)))
                .isEqualTo(WORDS);
    }

    @Test
    void hasATermForEveryCount() {
        List<String> counts = Arrays.stream(ImpactCounts.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("delayMinutes"))
                .toList();

        assertThat(CountTerm.values()).extracting(CountTerm::field).containsAll(counts);
    }

    @Test
    void writesJsonWithTheFieldNamesOfTheTopic() {
        assertThat(CountsJson.of(COUNTS).toString())
                .isEqualTo(
                        "{\"atRisk\":1,\"unconfirmed\":2,\"deliveredInDowntime\":3,\"awaitingDate\":4,\"rebooked\":5,"
                                + "\"recovered\":6,\"abandoned\":7,\"postponed\":22,\"outstanding\":9,\"delayMinutes\":8}");
    }

    @Test
    void showsEveryWordWithItsCountAndNoOtherWordForIt() {
        CountsText text = new CountsText(false);
        LiveCounts.Snapshot now = new LiveCounts.Snapshot(COUNTS, 0, 1, 9, 0);

        assertThat(text.lines(now))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80))
                .extracting(line -> line.strip().replaceFirst("  +(\\d+).*", "=$1"))
                .containsExactly(
                        "outages=1",
                        "at risk=1",
                        "postponed=22",
                        "no new date=4",
                        "new date=5",
                        "seen since=6",
                        "given up=7",
                        "not recorded yet=2",
                        "seen on paper=3");
        assertThat(text.line(now))
                .isEqualTo("1 outage open, at risk 1, postponed 22, not recorded yet 2, seen on paper 3");
        assertThat(String.join("\n", text.lines(now)) + text.line(now)).doesNotContain("known", "presumed");
    }
}
