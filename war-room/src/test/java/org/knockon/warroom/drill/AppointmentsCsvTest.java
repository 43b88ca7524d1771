package org.knockon.warroom.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.warroom.page.PageHeader;

class AppointmentsCsvTest {

    @Test
    void givesTimesInUtcAndInLocalTimeWithOffset() {
        String csv = AppointmentsCsv.of(new AppointmentsView(
                new PageHeader(
                        null,
                        Instant.parse("2022-10-30T00:15:00Z"),
                        false,
                        null,
                        true,
                        ZoneId.of("Europe/London"),
                        "RUNNING",
                        0,
                        List.of()),
                "pas@2022-10-29T23:50:00Z",
                "PAS",
                true,
                List.of(),
                List.of(),
                List.of(
                        row("a", "2022-10-30T00:30:00Z", null),
                        row("b", "2022-10-30T01:30:00Z", "2022-07-19T13:00:00Z"))));

        assertThat(csv.lines())
                .containsExactly(
                        "kind,outageId,appointmentId,serviceId,service,site,specialty,category,priority,slotStart,"
                                + "slotStartLocal,firstPostponedSlot,firstPostponedSlotLocal,state",
                        "LIVE,pas@2022-10-29T23:50:00Z,a,night,Night clinic,ZZ901,180,OUTPATIENT,ROUTINE,"
                                + "2022-10-30T00:30:00Z,2022-10-30T01:30:00+01:00,,,AT_RISK",
                        "LIVE,pas@2022-10-29T23:50:00Z,b,night,Night clinic,ZZ901,180,OUTPATIENT,ROUTINE,"
                                + "2022-10-30T01:30:00Z,2022-10-30T01:30:00+00:00,"
                                + "2022-07-19T13:00:00Z,2022-07-19T14:00:00+01:00,AT_RISK",
                        "LIVE,pas@2022-10-29T23:50:00Z,\"" + AppointmentsHtml.INCOMPLETE + "\"" + ",".repeat(11));
    }

    private static AppointmentsView.Row row(String id, String slot, String first) {
        return new AppointmentsView.Row(
                id,
                "night",
                "Night clinic",
                "ZZ901",
                "Main",
                "180",
                "OUTPATIENT",
                "ROUTINE",
                Instant.parse(slot),
                first == null ? null : Instant.parse(first),
                "AT_RISK");
    }
}
