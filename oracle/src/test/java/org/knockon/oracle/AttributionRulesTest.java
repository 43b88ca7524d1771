package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;
import static org.knockon.impact.model.Capability.ORDER_COMMS;
import static org.knockon.impact.model.Capability.RECORDS;
import static org.knockon.impact.model.Capability.RESULTS;
import static org.knockon.impact.model.ChangeReason.IT_OUTAGE;
import static org.knockon.impact.model.ChangeReason.PROVIDER;
import static org.knockon.impact.model.ImpactState.AT_RISK;
import static org.knockon.impact.model.ImpactState.AWAITING_DATE;
import static org.knockon.impact.model.ImpactState.DELIVERED_IN_DOWNTIME;
import static org.knockon.impact.model.ImpactState.REBOOKED;
import static org.knockon.impact.model.ImpactState.UNCONFIRMED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.oracle.Scene.at;
import static org.knockon.oracle.Scene.needs;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.Priority;

/**
 * Paragraphs 19 and 20. The data centre is down [10:00, 11:00), the PAS in it [10:05, 13:00), the lab [12:00, 14:00).
 */
class AttributionRulesTest {

    private static final String DC = "dc@2022-07-19T10:00:00Z";
    private static final String PAS = "pas@2022-07-19T10:05:00Z";
    private static final String LAB = "lab@2022-07-19T12:00:00Z";
    private static final String LATER = "2022-08-19T11:00";

    private final Scene scene = new Scene();

    @BeforeEach
    void threeOutages() {
        scene.system("dc").system("pas", "dc").system("lab");
        scene.service("clinic", needs("pas", RECORDS, 30), needs("lab", RESULTS, 0), needs("lab", ORDER_COMMS, 0));
        scene.down("dc", "10:00", "11:00")
                .down("pas", "10:05", "13:00")
                .down("lab", "12:00", "14:00")
                .now("20:00");
    }

    private Impact postponed(String slot, String cancelledAt) {
        scene.booked("a", slot).version("a", CANCELLED, PROVIDER, "clinic", slot, cancelledAt);
        return scene.impact("a");
    }

    @Test
    void aPostponedAppointmentNamesTheOutagesAtItsSlot() {
        Impact impact = postponed("10:45", "2022-07-21T09:00");

        assertThat(impact)
                .isEqualTo(new Impact(
                        AWAITING_DATE,
                        "clinic",
                        "RJ1",
                        "RJ121",
                        Category.OUTPATIENT,
                        Priority.ROUTINE,
                        at("10:45"),
                        List.of(DC, PAS),
                        List.of(DC),
                        List.of(RECORDS),
                        at("10:45"),
                        null,
                        null,
                        1));
    }

    @Test
    void theRootCauseRemainsAfterItsOutageEnds() {
        Impact impact = postponed("11:30", "11:00");

        assertThat(impact.outageIds()).containsExactly(PAS);
        assertThat(impact.rootCauses()).containsExactly(DC);
    }

    @Test
    void anAppointmentCancelledAheadOfAnUnaffectedSlotNamesTheOutagesAtCancellation() {
        Impact impact = postponed("18:00", "13:30");

        assertThat(impact.outageIds()).containsExactly(LAB);
        assertThat(impact.capabilities()).containsExactly(ORDER_COMMS, RESULTS);
    }

    @Test
    void aSlotWithinToleranceNamesTheOutagesAtItsStart() {
        scene.booked("a", "10:20").version("a", CANCELLED, IT_OUTAGE, "clinic", "10:20", "13:30");

        assertThat(scene.impact("a").outageIds()).containsExactly(DC, PAS);
    }

    @Test
    void allBrokenEpisodesAddTheirOutages() {
        scene.booked("a", "10:45")
                .version("a", BOOKED, PROVIDER, "clinic", "13:30", "10:40")
                .version("a", WAITLIST, PROVIDER, "clinic", "13:30", "13:00");

        Impact impact = scene.impact("a");
        assertThat(impact.timesPostponed()).isEqualTo(2);
        assertThat(impact.outageIds()).containsExactly(DC, LAB, PAS);
        assertThat(impact.rootCauses()).containsExactly(DC, LAB);
        assertThat(impact.capabilities()).containsExactly(RECORDS, ORDER_COMMS, RESULTS);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("10:45"));
        assertThat(impact.slotStart()).isEqualTo(at("13:30"));
    }

    @Test
    void eachEpisodeNamesTheOutagesOfItsOwnService() {
        scene.service("phone")
                .booked("a", "10:45")
                .version("a", BOOKED, PROVIDER, "phone", "10:45", "10:40")
                .version("a", CANCELLED, IT_OUTAGE, "phone", "10:45", "10:41");

        Impact impact = scene.impact("a");
        assertThat(impact.serviceId()).isEqualTo("phone");
        assertThat(impact.timesPostponed()).isEqualTo(2);
        assertThat(impact.outageIds()).containsExactly(DC, PAS);
    }

    @Test
    void aPostponementOutsideAnyOutageNamesNone() {
        scene.booked("a", LATER).version("a", CANCELLED, IT_OUTAGE, "clinic", LATER, "2022-08-01T09:00");

        Impact impact = scene.impact("a");
        assertThat(impact.outageIds()).isEmpty();
        assertThat(impact.rootCauses()).isEmpty();
        assertThat(impact.capabilities()).isEmpty();
    }

    @Test
    void anUnconfirmedAppointmentNamesTheOutagesAtItsSlot() {
        scene.booked("a", "12:30");

        Impact impact = scene.impact("a");
        assertThat(impact.state()).isEqualTo(UNCONFIRMED);
        assertThat(impact.outageIds()).containsExactly(LAB, PAS);
        assertThat(impact.firstPostponedSlot()).isNull();
        assertThat(impact.timesPostponed()).isZero();
    }

    @Test
    void anAppointmentDeliveredInDowntimeNamesTheOutagesAtTheStartOfTheOverlap() {
        scene.version("a", FULFILLED, null, "clinic", "10:10", "11:00"); // U begins at 10:30, with the PAS
        assertThat(scene.impact("a").state()).isEqualTo(DELIVERED_IN_DOWNTIME);
        assertThat(scene.impact("a").outageIds()).containsExactly(DC, PAS);

        scene.service("clinic", needs("pas", RECORDS, 120), needs("lab", RESULTS, 0));
        scene.version("b", FULFILLED, null, "clinic", "11:45", "13:00"); // U begins at 12:00, with both
        assertThat(scene.impact("b").outageIds()).containsExactly(LAB, PAS);
        assertThat(scene.impact("b").capabilities()).containsExactly(RECORDS, RESULTS);
    }

    @Test
    void anAppointmentAtRiskNamesTheCurrentOutages() {
        scene.seen("lab", "20:00", DOWN).booked("a", "21:00");

        Impact impact = scene.impact("a");
        assertThat(impact.state()).isEqualTo(AT_RISK);
        assertThat(impact.outageIds()).containsExactly("lab@2022-07-19T20:00:00Z");
        assertThat(impact.capabilities()).containsExactly(ORDER_COMMS, RESULTS);
    }

    @Test
    void capabilitiesWithinToleranceAreNamedToo() {
        scene.booked("a", "12:15");
        scene.service("clinic", needs("pas", RECORDS, 600), needs("lab", RESULTS, 0));

        assertThat(scene.impact("a").capabilities()).containsExactly(RECORDS, RESULTS);
        assertThat(scene.impact("a").outageIds()).containsExactly(LAB, PAS);
    }

    @Test
    void capabilitiesLostThroughADependencyAreNamed() {
        scene.observations.removeIf(observation -> observation.systemId().equals("pas"));

        assertThat(postponed("10:45", "10:40").capabilities()).containsExactly(RECORDS);
    }

    @Test
    void theDelayRunsFromTheFirstPostponedSlotToTheNewestInWholeMinutes() {
        postponed("10:45", "10:40");
        scene.version("a", BOOKED, null, "clinic", "2022-07-20T10:46:59.999", "2022-07-20T09:00");

        Impact impact = scene.impact("a");
        assertThat(impact.state()).isEqualTo(REBOOKED);
        assertThat(impact.newSlot()).isEqualTo(at("2022-07-20T10:46:59.999"));
        assertThat(impact.delayMinutes()).isEqualTo(24 * 60 + 1);
    }

    @Test
    void aNegativeDelayIsRoundedDownToo() {
        postponed("10:45", "10:40");
        scene.version("a", BOOKED, null, "clinic", "10:43:30", "10:41");

        assertThat(scene.impact("a").delayMinutes()).isEqualTo(-2);
    }

    @Test
    void theNewSlotIsTheAppointmentsOwnWhileItIsInTheBook() {
        postponed("10:45", "10:40");
        scene.version("a", BOOKED, null, "clinic", "2022-07-20T10:45", "2022-07-20T09:00")
                .replacement("b", "a", BOOKED, null, "2022-07-26T10:45", "2022-07-20T10:00");

        assertThat(scene.impact("a").newSlot()).isEqualTo(at("2022-07-20T10:45"));
    }

    @Test
    void theNewSlotIsTheReplacementsIfTheAppointmentIsOut() {
        postponed("10:45", "10:40");
        scene.replacement("b", "a", FULFILLED, null, "2022-07-26T10:45", "2022-07-26T11:30");

        assertThat(scene.impact("a").newSlot()).isEqualTo(at("2022-07-26T10:45"));
        assertThat(scene.impact("a").delayMinutes()).isEqualTo(7 * 24 * 60);
        assertThat(scene.impact("a").slotStart()).isEqualTo(at("10:45"));
    }
}
