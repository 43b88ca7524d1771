package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.ChangeReason.IT_OUTAGE;
import static org.knockon.impact.model.ChangeReason.PATIENT;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.UP;
import static org.knockon.oracle.Scene.needs;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ServiceHour;

/** Paragraph 21 of docs/semantics.md. */
class CellRulesTest {

    private static final ImpactCounts ONE_UNCONFIRMED = new ImpactCounts(0, 1, 0, 0, 0, 0, 0, 0);
    private static final ImpactCounts ONE_POSTPONED = new ImpactCounts(0, 0, 0, 1, 0, 0, 0, 0);

    private final Scene scene = new Scene();

    private Map<String, ImpactCounts> counts() {
        return scene.judge().counts();
    }

    @Test
    void anAppointmentCountsOnceInEachOfItsCells() {
        scene.system("dc").system("pas", "dc");
        scene.service("clinic", needs("pas", 0), needs("pas", 0), needs("pas", Capability.PRESCRIBING, 0));
        scene.down("dc", "10:00", "12:00")
                .down("pas", "10:00", "12:00")
                .now("20:00")
                .booked("a", "11:00");

        assertThat(counts())
                .containsOnlyKeys(
                        "ALL",
                        "ORGANISATION|RJ1",
                        "SITE|RJ121",
                        "SERVICE|clinic",
                        "SPECIALTY|300",
                        "CATEGORY|OUTPATIENT",
                        "PRIORITY|ROUTINE",
                        "SITE_CATEGORY|RJ121/OUTPATIENT",
                        "SLOT_HOUR|2022-07-19T12+01:00",
                        "SLOT_DAY_CATEGORY|2022-07-19/OUTPATIENT",
                        "SERVICE_HOUR|clinic/2022-07-19T12+01:00",
                        "SYSTEM|dc",
                        "OUTAGE|dc@2022-07-19T10:00:00Z",
                        "OUTAGE|pas@2022-07-19T10:00:00Z",
                        "CAPABILITY|RECORDS",
                        "CAPABILITY|PRESCRIBING")
                .allSatisfy((key, count) -> assertThat(count).isEqualTo(ONE_UNCONFIRMED));
    }

    @Test
    void twoRootCausesInOneSystemCountOnceForTheSystem() {
        scene.system("pas").service("clinic", needs("pas", 0));
        scene.down("pas", "10:00", "11:00").down("pas", "12:00", "13:00").now("20:00");
        scene.booked("a", "10:30")
                .version("a", BOOKED, null, "clinic", "12:30", "10:15")
                .version("a", CANCELLED, null, "clinic", "12:30", "12:15");

        assertThat(counts().get("SYSTEM|pas")).isEqualTo(ONE_POSTPONED);
        assertThat(counts()).containsKeys("OUTAGE|pas@2022-07-19T10:00:00Z", "OUTAGE|pas@2022-07-19T12:00:00Z");
    }

    @Test
    void aMovedAppointmentCountsAtItsNewServiceAndItsFirstPostponedSlot() {
        scene.services.put(
                "theatre", new CareService("theatre", "theatre", "RYJ", "RYJ01", "110", Category.THEATRE, List.of()));
        scene.service("clinic");
        scene.booked("a", "23:30").version("a", BOOKED, IT_OUTAGE, "theatre", "2022-08-19T11:00", "10:00");

        assertThat(counts())
                .containsOnlyKeys(
                        "ALL",
                        "ORGANISATION|RYJ",
                        "SITE|RYJ01",
                        "SERVICE|theatre",
                        "SPECIALTY|110",
                        "CATEGORY|THEATRE",
                        "PRIORITY|ROUTINE",
                        "SITE_CATEGORY|RYJ01/THEATRE",
                        "SLOT_HOUR|2022-07-20T00+01:00",
                        "SLOT_DAY_CATEGORY|2022-07-20/THEATRE",
                        "SERVICE_HOUR|theatre/2022-07-20T00+01:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2022-07-19T22:59:59.999, 2022-07-19T23+01:00, 2022-07-19",
        "2022-07-19T23:00, 2022-07-20T00+01:00, 2022-07-20",
        "2022-12-01T23:00, 2022-12-01T23+00:00, 2022-12-01",
        "2022-03-27T00:59, 2022-03-27T00+00:00, 2022-03-27",
        "2022-03-27T01:00, 2022-03-27T02+01:00, 2022-03-27",
        "2022-10-30T00:30, 2022-10-30T01+01:00, 2022-10-30",
        "2022-10-30T01:30, 2022-10-30T01+00:00, 2022-10-30",
        "2022-10-30T02:00, 2022-10-30T02+00:00, 2022-10-30",
    })
    void hoursAndDaysAreLocal(String slot, String hour, String day) {
        scene.service("clinic")
                .booked("a", slot)
                .version("a", CANCELLED, IT_OUTAGE, "clinic", slot, "2022-07-01T10:00");

        assertThat(counts()).containsEntry("SLOT_HOUR|" + hour, ONE_POSTPONED);
        assertThat(counts()).containsEntry("SLOT_DAY_CATEGORY|" + day + "/OUTPATIENT", ONE_POSTPONED);
        assertThat(counts()).containsEntry("SERVICE_HOUR|clinic/" + hour, ONE_POSTPONED);
    }

    @Test
    void theRepeatedHourOfAutumnIsTwoCellsOfAService() {
        scene.service("clinic");
        for (String slot : List.of("2022-10-30T00:30", "2022-10-30T01:30", "2022-10-30T01:45")) {
            scene.booked(slot, slot).version(slot, CANCELLED, IT_OUTAGE, "clinic", slot, "2022-07-01T10:00");
        }

        assertThat(counts())
                .containsEntry("SERVICE_HOUR|clinic/2022-10-30T01+01:00", ONE_POSTPONED)
                .containsEntry("SERVICE_HOUR|clinic/2022-10-30T01+00:00", ONE_POSTPONED.plus(ONE_POSTPONED));
    }

    @Test
    void aServiceHourOfAServiceWithASlashSplitsAtTheLastSlash() {
        scene.service("stt/4/clinic")
                .version("a", BOOKED, null, "stt/4/clinic", "11:00", "2022-07-01T09:00")
                .version("a", CANCELLED, IT_OUTAGE, "stt/4/clinic", "11:00", "2022-07-01T10:00");

        String cell = counts().keySet().stream()
                .filter(key -> key.startsWith("SERVICE_HOUR|"))
                .findFirst()
                .orElseThrow();

        ServiceHour parsed = ServiceHour.parse(Cell.parse(cell).value()).orElseThrow();
        assertThat(parsed.serviceId()).isEqualTo("stt/4/clinic");
        assertThat(parsed.hour()).hasToString("2022-07-19T12+01:00");
    }

    @Test
    void statesAndDelaysAddUp() {
        scene.system("pas").service("clinic", needs("pas", 0));
        scene.seen("pas", "08:00", UP).seen("pas", "10:00", DOWN).now("12:00");
        scene.booked("risk", "13:00")
                .booked("unconfirmed", "11:00")
                .version("downtime", FULFILLED, null, "clinic", "11:00", "11:30")
                .booked("postponed", "11:00")
                .version("postponed", CANCELLED, null, "clinic", "11:00", "10:30")
                .booked("rebooked", "11:00")
                .version("rebooked", BOOKED, null, "clinic", "2022-07-20T11:00", "10:30")
                .booked("recovered", "10:00")
                .version("recovered", FULFILLED, null, "clinic", "11:30", "10:30")
                .booked("abandoned", "11:00")
                .version("abandoned", CANCELLED, null, "clinic", "11:00", "10:30")
                .version("abandoned", CANCELLED, PATIENT, "clinic", "11:00", "11:30")
                .booked("fine", "09:00");

        assertThat(counts()).containsEntry("ALL", new ImpactCounts(1, 1, 1, 1, 1, 1, 1, 24 * 60 + 90));
    }
}
