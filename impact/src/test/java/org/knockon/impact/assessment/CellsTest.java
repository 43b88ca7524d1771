package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;

class CellsTest {

    private final Cells cells = new Cells(ZoneId.of("Europe/London"));

    @Test
    void impactCountsInACellOfEachDimension() {
        Impact impact = impact(
                ImpactState.UNCONFIRMED,
                "2022-01-19T14:30",
                null,
                List.of("datacentre@2022-01-19T10:00:00Z", "epr@2022-01-19T10:02:00Z"),
                List.of("datacentre@2022-01-19T10:00:00Z"),
                List.of(Capability.RECORDS, Capability.RESULTS));

        assertThat(keys(impact))
                .containsExactlyInAnyOrder(
                        "ALL",
                        "ORGANISATION|RJ1",
                        "SITE|RJ121",
                        "SERVICE|clinic",
                        "SPECIALTY|340",
                        "CATEGORY|THEATRE",
                        "PRIORITY|TWO_WEEK_WAIT",
                        "SITE_CATEGORY|RJ121/THEATRE",
                        "SLOT_HOUR|2022-01-19T14+00:00",
                        "SLOT_DAY_CATEGORY|2022-01-19/THEATRE",
                        "SERVICE_HOUR|clinic/2022-01-19T14+00:00",
                        "SYSTEM|datacentre",
                        "OUTAGE|datacentre@2022-01-19T10:00:00Z",
                        "OUTAGE|epr@2022-01-19T10:02:00Z",
                        "CAPABILITY|RECORDS",
                        "CAPABILITY|RESULTS");
    }

    @Test
    void noneCountsInNoCell() {
        assertThat(CellGroup.of(impact(ImpactState.NONE, "14:30", null), "340")).isNull();
    }

    @Test
    void hoursAndDaysAreLocal() {
        assertThat(keys(impact(ImpactState.AT_RISK, "2022-07-19T08:15", null)))
                .contains("SLOT_HOUR|2022-07-19T09+01:00");
        assertThat(keys(impact(ImpactState.AT_RISK, "2022-07-19T23:15", null)))
                .contains("SLOT_HOUR|2022-07-20T00+01:00", "SLOT_DAY_CATEGORY|2022-07-20/THEATRE");
    }

    @Test
    void summerTimeBeginsAndEndsAtOneUtc() {
        assertThat(slotHour("2022-03-27T00:59:59.999")).isEqualTo("2022-03-27T00+00:00");
        assertThat(slotHour("2022-03-27T01:00")).isEqualTo("2022-03-27T02+01:00");
        assertThat(slotHour("2022-10-30T00:30")).isEqualTo("2022-10-30T01+01:00");
        assertThat(slotHour("2022-10-30T01:30")).isEqualTo("2022-10-30T01+00:00");
        assertThat(slotHour("2022-10-30T02:00")).isEqualTo("2022-10-30T02+00:00");
    }

    @Test
    void serviceHasTwoCellsForTheRepeatedHourOfAutumn() {
        assertThat(keys(impact(ImpactState.UNCONFIRMED, "2022-10-30T00:30", null)))
                .contains("SERVICE_HOUR|clinic/2022-10-30T01+01:00")
                .doesNotContain("SERVICE_HOUR|clinic/2022-10-30T01+00:00");
        assertThat(keys(impact(ImpactState.UNCONFIRMED, "2022-10-30T01:30", null)))
                .contains("SERVICE_HOUR|clinic/2022-10-30T01+00:00")
                .doesNotContain("SERVICE_HOUR|clinic/2022-10-30T01+01:00");
    }

    @Test
    void brokenAppointmentCountsAtTheSlotThatWasFirstPostponed() {
        Impact impact = impact(ImpactState.REBOOKED, "2022-08-01T10:00", at("2022-07-19T10:00"));

        assertThat(keys(impact))
                .contains(
                        "SLOT_HOUR|2022-07-19T11+01:00",
                        "SLOT_DAY_CATEGORY|2022-07-19/THEATRE",
                        "SERVICE_HOUR|clinic/2022-07-19T11+01:00")
                .doesNotContain("SLOT_HOUR|2022-08-01T11+01:00", "SERVICE_HOUR|clinic/2022-08-01T11+01:00");
    }

    @Test
    void systemWithSeveralRootCauseOutagesIsOneCell() {
        Impact impact = impact(
                ImpactState.AWAITING_DATE,
                "14:30",
                at("14:30"),
                List.of(),
                List.of("a@b@2022-07-19T10:00:00Z", "a@b@2022-07-19T12:00:00Z"),
                List.of());

        assertThat(of(impact, "340").stream().filter(cell -> cell.dimension() == Dimension.SYSTEM))
                .containsExactly(new Cell(Dimension.SYSTEM, "a@b"));
    }

    @Test
    void parsesItsOwnKeys() {
        Impact impact = impact(ImpactState.UNCONFIRMED, "14:30", null);

        assertThat(of(impact, "a|b"))
                .contains(new Cell(Dimension.SPECIALTY, "a|b"))
                .allSatisfy(cell -> assertThat(Cell.parse(cell.key())).isEqualTo(cell));
    }

    @Test
    void eachStateCountsInItsOwnField() {
        assertThat(one(ImpactState.NONE)).isEqualTo(ImpactCounts.ZERO);
        assertThat(one(ImpactState.AT_RISK)).isEqualTo(new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0));
        assertThat(one(ImpactState.UNCONFIRMED)).isEqualTo(new ImpactCounts(0, 1, 0, 0, 0, 0, 0, 0));
        assertThat(one(ImpactState.DELIVERED_IN_DOWNTIME)).isEqualTo(new ImpactCounts(0, 0, 1, 0, 0, 0, 0, 0));
        assertThat(one(ImpactState.AWAITING_DATE)).isEqualTo(new ImpactCounts(0, 0, 0, 1, 0, 0, 0, 0));
        assertThat(one(ImpactState.REBOOKED)).isEqualTo(new ImpactCounts(0, 0, 0, 0, 1, 0, 0, 90));
        assertThat(one(ImpactState.RECOVERED)).isEqualTo(new ImpactCounts(0, 0, 0, 0, 0, 1, 0, 90));
        assertThat(one(ImpactState.ABANDONED)).isEqualTo(new ImpactCounts(0, 0, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void postponedIsTheSumOfTheFourPostponedStatesWithoutUnconfirmed() {
        ImpactCounts counts = new ImpactCounts(1, 2, 4, 8, 16, 32, 64, 0);

        assertThat(counts.postponed()).isEqualTo(8 + 16 + 32 + 64);
        assertThat(counts.unconfirmed()).isEqualTo(2);
        assertThat(counts.outstanding()).isEqualTo(8 + 16);
        assertThat(counts.plus(counts.times(-1))).isEqualTo(ImpactCounts.ZERO);
    }

    private String slotHour(String slotStart) {
        return of(impact(ImpactState.UNCONFIRMED, slotStart, null), "340").stream()
                .filter(cell -> cell.dimension() == Dimension.SLOT_HOUR)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private Set<Cell> of(Impact impact, String specialty) {
        return cells.of(CellGroup.of(impact, specialty));
    }

    private List<String> keys(Impact impact) {
        return of(impact, "340").stream().map(Cell::key).toList();
    }

    private static ImpactCounts one(ImpactState state) {
        return ImpactCounts.of(impact(state, "14:30", at("13:00")));
    }

    private static Impact impact(ImpactState state, String slotStart, Long firstPostponedSlot) {
        return impact(state, slotStart, firstPostponedSlot, List.of(), List.of(), List.of());
    }

    private static Impact impact(
            ImpactState state,
            String slotStart,
            Long firstPostponedSlot,
            List<String> outageIds,
            List<String> rootCauses,
            List<Capability> capabilities) {
        boolean delayed = state == ImpactState.REBOOKED || state == ImpactState.RECOVERED;
        return new Impact(
                state,
                "clinic",
                "RJ1",
                "RJ121",
                Category.THEATRE,
                Priority.TWO_WEEK_WAIT,
                at(slotStart),
                outageIds,
                rootCauses,
                capabilities,
                firstPostponedSlot,
                delayed ? at(slotStart) : null,
                delayed ? 90L : null,
                firstPostponedSlot == null ? 0 : 1);
    }
}
