package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.needs;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.Hospital.service;
import static org.knockon.impact.Hospital.system;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/** Which stretches of which services have to be assessed again after a change. */
class TouchedTest {

    private static final Touched WHOLE_CLINIC = new Touched("clinic", Long.MIN_VALUE, Long.MAX_VALUE);

    private final Situation situation = new Situation();

    @BeforeEach
    void clinicNeedsRecordsInADatabaseAndScannerNeedsImages() {
        situation.put(system("database"));
        situation.put(system("epr", "database"));
        situation.put(system("pacs"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 30)));
        situation.put(service("scanner", needs("pacs", Capability.IMAGING, 30)));
    }

    @Test
    void outageTouchesItsOwnStretchOfTheServicesAboveItAndNoOther() {
        assertThat(situation.put(outage("database", "10:00", "11:00"))).containsExactly(clinic("10:00", "11:00"));
        assertThat(situation.put(outage("pacs", "10:00", "11:00")))
                .containsExactly(new Touched("scanner", at("10:00"), at("11:00")));
    }

    @Test
    void openOutageTouchesAllThatIsToCome() {
        assertThat(situation.put(openOutage("epr", "10:00")))
                .containsExactly(new Touched("clinic", at("10:00"), Long.MAX_VALUE));
    }

    @Test
    void closingAnOutageTouchesOnlyWhatIsGivenBack() {
        situation.put(openOutage("epr", "10:00"));

        assertThat(situation.put(outage("epr", "10:00", "11:00")))
                .containsExactly(new Touched("clinic", at("11:00"), Long.MAX_VALUE));
    }

    @Test
    void sameOutageAgainTouchesNothing() {
        situation.put(outage("epr", "10:00", "11:00"));

        assertThat(situation.put(outage("epr", "10:00", "11:00"))).isEmpty();
    }

    @Test
    void removingAnOutageTouchesItsStretchAndRemovingNoneTouchesNothing() {
        situation.put(outage("epr", "10:00", "11:00"));

        assertThat(situation.removeOutage("epr", at("09:00"))).isEmpty();
        assertThat(situation.removeOutage("epr", at("10:00"))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void lateOutageThatJoinsTwoTouchesItselfAndTheSecondWhoseStartItMoves() {
        situation.put(outage("epr", "10:00", "11:00"));
        situation.put(outage("epr", "12:00", "13:00"));

        assertThat(situation.put(outage("database", "11:00", "12:00"))).containsExactly(clinic("11:00", "13:00"));
    }

    @Test
    void lateOutageThatOnlyChangesTheRootCauseTouchesTheOutageItExplains() {
        situation.put(outage("epr", "10:00", "12:00"));

        assertThat(situation.put(outage("database", "10:05", "10:30"))).containsExactly(clinic("10:00", "12:00"));
        assertThat(situation.availability("clinic").outages().get(0).rootCauses())
                .containsExactly("database@2022-07-19T10:05:00Z");
    }

    @Test
    void outageThatOnlyTurnsUnplannedTouchesNothing() {
        situation.put(new Outage("epr", at("10:00"), at("11:00"), true, Evidence.OBSERVED, at("10:05")));

        assertThat(situation.put(outage("epr", "10:00", "11:00"))).isEmpty();
    }

    @Test
    void startThatMovesTouchesEverySlotOfTheInterval() {
        situation.put(outage("epr", "10:00", "12:00"));
        situation.put(outage("database", "11:30", "13:00"));

        assertThat(situation.removeOutage("epr", at("10:00"))).containsExactly(clinic("10:00", "13:00"));
    }

    @Test
    void serviceThatChangesIsTouchedAsAWhole() {
        assertThat(situation.put(service("clinic", needs("epr", Capability.RECORDS, 60))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void serviceThatComesOrGoesIsTouchedAsAWhole() {
        assertThat(situation.removeService("clinic")).containsExactly(WHOLE_CLINIC);
        assertThat(situation.removeService("clinic")).isEmpty();
        assertThat(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void sameServiceAgainTouchesNothing() {
        assertThat(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30))))
                .isEmpty();
    }

    @Test
    void newNamesTouchNothing() {
        CareService known = situation.catalogue().service("clinic");
        assertThat(situation.put(new CareService(
                        "clinic",
                        "Another name",
                        known.organisation(),
                        known.site(),
                        "Site by name",
                        known.specialty(),
                        known.category(),
                        known.requires())))
                .isEmpty();
        assertThat(situation.catalogue().service("clinic").name()).isEqualTo("Another name");
    }

    @Test
    void systemPutAgainAsItWasTouchesNothing() {
        situation.put(outage("epr", "10:00", "11:00"));

        assertThat(situation.put(system("epr", "database"))).isEmpty();
    }

    @Test
    void newDependencyTouchesTheStretchOfItsOutages() {
        situation.put(outage("pacs", "10:00", "11:00"));

        assertThat(situation.put(system("epr", "database", "pacs"))).containsExactly(clinic("10:00", "11:00"));
        assertThat(situation.put(system("epr", "database"))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void systemThatLeavesTheCatalogueTakesItsOutagesAlong() {
        situation.put(outage("database", "10:00", "11:00"));

        assertThat(situation.removeSystem("database")).containsExactly(clinic("10:00", "11:00"));
        assertThat(situation.put(system("database"))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void outageOfASystemUnderSeveralServicesTouchesEach() {
        situation.put(system("pacs", "database"));

        List<Touched> touched = situation.put(outage("database", "10:00", "11:00"));

        assertThat(touched).containsExactly(clinic("10:00", "11:00"), new Touched("scanner", at("10:00"), at("11:00")));
    }

    private static Touched clinic(String from, String to) {
        return new Touched("clinic", at(from), at(to));
    }
}
