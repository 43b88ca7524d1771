package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.oracle.Scene.needs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.PublishedOutage;

class ComparisonTest {

    private static final String OUTAGE = "pas@2022-07-19T10:00:00Z";

    private Verdict expected;
    private Map<String, PublishedOutage> outages;
    private Map<String, Impact> impacts;
    private Map<String, ImpactCounts> counts;

    @BeforeEach
    void equalVerdictAndResults() {
        Scene scene = new Scene().system("pas").service("clinic", needs("pas", 0));
        scene.down("pas", "10:00", "12:00").now("20:00");
        scene.booked("a", "11:00").version("a", AppointmentStatus.CANCELLED, null, "clinic", "11:00", "10:30");
        expected = scene.judge();
        outages = new HashMap<>(expected.outages());
        impacts = new HashMap<>(expected.impacts());
        counts = new HashMap<>(expected.counts());
    }

    private Comparison compare() {
        return Comparison.of(expected, outages, impacts, counts);
    }

    private static Impact with(ImpactState state, Impact impact, int timesPostponed) {
        return new Impact(
                state,
                "clinic",
                "RJ1",
                "RJ121",
                Category.OUTPATIENT,
                Priority.ROUTINE,
                impact.slotStart(),
                impact.outageIds(),
                impact.rootCauses(),
                impact.capabilities(),
                impact.firstPostponedSlot(),
                null,
                null,
                timesPostponed);
    }

    @Test
    void equalResultsMatch() {
        assertThat(compare().matches()).isTrue();
        assertThat(compare()).hasToString("no differences");
    }

    @Test
    void tombstonesNoneAndZeroAreTheSameAsNoEntry() {
        outages.put("gone", null);
        impacts.put("b", with(ImpactState.NONE, impacts.get("a"), 0));
        impacts.put("c", null);
        counts.put("SITE|X", ImpactCounts.ZERO);

        assertThat(compare().differences()).isEmpty();
    }

    @Test
    void namesTheFieldsOfAnImpactThatDiffer() {
        impacts.put("a", with(ImpactState.UNCONFIRMED, impacts.get("a"), 2));

        assertThat(compare().matches()).isFalse();
        assertThat(compare().differences())
                .containsExactly(
                        "impact of a: state expected AWAITING_DATE, found UNCONFIRMED; timesPostponed expected 1, found 2");
    }

    @Test
    void namesTheFieldsOfAnOutageThatDiffer() {
        Outage was = outages.get(OUTAGE).outage();
        outages.put(
                OUTAGE,
                new PublishedOutage(
                        new Outage("pas", was.startedAt(), Outage.OPEN, true, was.evidence(), was.confirmedAt()),
                        List.of(OUTAGE),
                        List.of(),
                        List.of()));

        assertThat(compare().differences())
                .containsExactly("outage " + OUTAGE + ": endedAt expected " + was.endedAt() + ", found " + Outage.OPEN
                        + "; planned expected false, found true; affectedServices expected [clinic], found []"
                        + "; affectedServicesTotal expected 1, found 0");
    }

    @Test
    void namesMissingAndUnexpectedEntries() {
        outages.clear();
        impacts.put("b", impacts.remove("a"));
        counts.put("ALL", ImpactCounts.ZERO);

        assertThat(compare().differences()).hasSize(4);
        assertThat(compare().differences().get(0)).startsWith("outage " + OUTAGE + ": expected PublishedOutage[");
        assertThat(compare().differences().get(1))
                .startsWith("impact of a: expected Impact[state=AWAITING_DATE")
                .endsWith(", found none");
        assertThat(compare().differences().get(2)).startsWith("impact of b: expected none, found Impact[");
        assertThat(compare().differences().get(3))
                .startsWith("counts of ALL: expected ImpactCounts[")
                .endsWith("none");
    }

    @Test
    void printsTheFirstDifferencesAndTheNumberOfOthers() {
        counts.replaceAll((key, count) -> new ImpactCounts(9, 0, 0, 0, 0, 0, 0, 0));

        assertThat(compare().differences()).hasSize(counts.size());
        assertThat(compare().describe(2).lines())
                .hasSize(4)
                .contains(
                        counts.size() + " differences:",
                        "  counts of ALL: atRisk expected 0, found 9; awaitingDate expected 1, found 0",
                        "  and " + (counts.size() - 2) + " more");
    }
}
