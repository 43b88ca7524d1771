package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.needs;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.Hospital.service;
import static org.knockon.impact.Hospital.system;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/** Which stretches of which services have to be assessed again after a change. */
class AffectedRangeTest {

    private static final AffectedRange WHOLE_CLINIC = new AffectedRange("clinic", Long.MIN_VALUE, Long.MAX_VALUE);

    private final Situation situation = new Situation();

    @BeforeEach
    void clinicNeedsRecordsInADatabaseAndScannerNeedsImages() {
        touchedBy(situation.put(system("database")));
        touchedBy(situation.put(system("epr", "database")));
        touchedBy(situation.put(system("pacs")));
        touchedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30))));
        touchedBy(situation.put(service("scanner", needs("pacs", Capability.IMAGING, 30))));
    }

    @Test
    void outageTouchesItsOwnStretchOfTheServicesAboveItAndNoOther() {
        assertThat(touchedBy(situation.put(outage("database", "10:00", "11:00"))))
                .containsExactly(clinic("10:00", "11:00"));
        assertThat(touchedBy(situation.put(outage("pacs", "10:00", "11:00"))))
                .containsExactly(new AffectedRange("scanner", at("10:00"), at("11:00")));
    }

    @Test
    void openOutageTouchesAllThatIsToCome() {
        assertThat(touchedBy(situation.put(openOutage("epr", "10:00"))))
                .containsExactly(new AffectedRange("clinic", at("10:00"), Long.MAX_VALUE));
    }

    @Test
    void closingAnOutageTouchesOnlyWhatIsGivenBack() {
        touchedBy(situation.put(openOutage("epr", "10:00")));

        assertThat(touchedBy(situation.put(outage("epr", "10:00", "11:00"))))
                .containsExactly(new AffectedRange("clinic", at("11:00"), Long.MAX_VALUE));
    }

    @Test
    void sameOutageAgainTouchesNothing() {
        touchedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(touchedBy(situation.put(outage("epr", "10:00", "11:00")))).isEmpty();
    }

    @Test
    void removingAnOutageTouchesItsStretchAndRemovingNoneTouchesNothing() {
        touchedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(touchedBy(situation.removeOutage("epr", at("09:00")))).isEmpty();
        assertThat(touchedBy(situation.removeOutage("epr", at("10:00")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void lateOutageThatJoinsTwoTouchesItselfAndTheSecondWhoseStartItMoves() {
        touchedBy(situation.put(outage("epr", "10:00", "11:00")));
        touchedBy(situation.put(outage("epr", "12:00", "13:00")));

        assertThat(touchedBy(situation.put(outage("database", "11:00", "12:00"))))
                .containsExactly(clinic("11:00", "13:00"));
    }

    @Test
    void lateOutageThatOnlyChangesTheRootCauseTouchesTheOutageItExplains() {
        touchedBy(situation.put(outage("epr", "10:00", "12:00")));

        assertThat(touchedBy(situation.put(outage("database", "10:05", "10:30"))))
                .containsExactly(clinic("10:00", "12:00"));
        assertThat(situation.availability("clinic").outages().get(0).rootCauses())
                .containsExactly("database@2022-07-19T10:05:00Z");
    }

    @Test
    void outageThatOnlyTurnsUnplannedTouchesNothing() {
        touchedBy(situation.put(new Outage("epr", at("10:00"), at("11:00"), true, Evidence.OBSERVED, at("10:05"))));

        assertThat(touchedBy(situation.put(outage("epr", "10:00", "11:00")))).isEmpty();
    }

    @Test
    void startThatMovesTouchesEverySlotOfTheInterval() {
        touchedBy(situation.put(outage("epr", "10:00", "12:00")));
        touchedBy(situation.put(outage("database", "11:30", "13:00")));

        assertThat(touchedBy(situation.removeOutage("epr", at("10:00")))).containsExactly(clinic("10:00", "13:00"));
    }

    @Test
    void serviceThatChangesIsTouchedAsAWhole() {
        assertThat(touchedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 60)))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void serviceThatComesOrGoesIsTouchedAsAWhole() {
        assertThat(touchedBy(situation.removeService("clinic"))).containsExactly(WHOLE_CLINIC);
        assertThat(touchedBy(situation.removeService("clinic"))).isEmpty();
        assertThat(touchedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30)))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void sameServiceAgainTouchesNothing() {
        assertThat(touchedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30)))))
                .isEmpty();
    }

    @Test
    void newNamesTouchNothing() {
        CareService known = situation.catalogue().service("clinic");
        assertThat(touchedBy(situation.put(new CareService(
                        "clinic",
                        "Another name",
                        known.organisation(),
                        known.site(),
                        "Site by name",
                        known.specialty(),
                        known.category(),
                        known.requires()))))
                .isEmpty();
        assertThat(situation.catalogue().service("clinic").name()).isEqualTo("Another name");
    }

    @Test
    void systemPutAgainAsItWasTouchesNothing() {
        touchedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(touchedBy(situation.put(system("epr", "database")))).isEmpty();
    }

    @Test
    void newDependencyTouchesTheStretchOfItsOutages() {
        touchedBy(situation.put(outage("pacs", "10:00", "11:00")));

        assertThat(touchedBy(situation.put(system("epr", "database", "pacs"))))
                .containsExactly(clinic("10:00", "11:00"));
        assertThat(touchedBy(situation.put(system("epr", "database")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void systemThatLeavesTheCatalogueTakesItsOutagesAlong() {
        touchedBy(situation.put(outage("database", "10:00", "11:00")));

        assertThat(touchedBy(situation.removeSystem("database"))).containsExactly(clinic("10:00", "11:00"));
        assertThat(touchedBy(situation.put(system("database")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void outageOfASystemUnderSeveralServicesTouchesEach() {
        touchedBy(situation.put(system("pacs", "database")));

        List<AffectedRange> touched = touchedBy(situation.put(outage("database", "10:00", "11:00")));

        assertThat(touched)
                .containsExactlyInAnyOrder(
                        clinic("10:00", "11:00"), new AffectedRange("scanner", at("10:00"), at("11:00")));
    }

    /** Nothing is settled but what was announced. */
    private List<AffectedRange> touchedBy(Unsettled change) {
        List<AffectedRange> touched = new ArrayList<>();
        if (change != null) {
            assertThat(situation.settled()).isFalse();
        }
        assertThat(situation.settle(() -> false, touched::add)).isTrue();
        return touched;
    }

    private static List<AffectedRange> touchedBy(AffectedRange change) {
        return change == null ? List.of() : List.of(change);
    }

    private static AffectedRange clinic(String from, String to) {
        return new AffectedRange("clinic", at(from), at(to));
    }
}
