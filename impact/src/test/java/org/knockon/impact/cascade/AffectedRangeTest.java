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

/** Which time ranges of which services must be assessed again after a change. */
class AffectedRangeTest {

    private static final AffectedRange WHOLE_CLINIC = new AffectedRange("clinic", Long.MIN_VALUE, Long.MAX_VALUE);

    private final Situation situation = new Situation();

    @BeforeEach
    void clinicNeedsRecordsInADatabaseAndScannerNeedsImages() {
        affectedBy(situation.put(system("database")));
        affectedBy(situation.put(system("epr", "database")));
        affectedBy(situation.put(system("pacs")));
        affectedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30))));
        affectedBy(situation.put(service("scanner", needs("pacs", Capability.IMAGING, 30))));
    }

    @Test
    void outageAffectsItsOwnRangeOfTheDependentServices() {
        assertThat(affectedBy(situation.put(outage("database", "10:00", "11:00"))))
                .containsExactly(clinic("10:00", "11:00"));
        assertThat(affectedBy(situation.put(outage("pacs", "10:00", "11:00"))))
                .containsExactly(new AffectedRange("scanner", at("10:00"), at("11:00")));
    }

    @Test
    void openOutageAffectsTheWholeFuture() {
        assertThat(affectedBy(situation.put(openOutage("epr", "10:00"))))
                .containsExactly(new AffectedRange("clinic", at("10:00"), Long.MAX_VALUE));
    }

    @Test
    void closingAnOutageAffectsOnlyTheTimeAfterItsEnd() {
        affectedBy(situation.put(openOutage("epr", "10:00")));

        assertThat(affectedBy(situation.put(outage("epr", "10:00", "11:00"))))
                .containsExactly(new AffectedRange("clinic", at("11:00"), Long.MAX_VALUE));
    }

    @Test
    void sameOutageAgainAffectsNothing() {
        affectedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(affectedBy(situation.put(outage("epr", "10:00", "11:00")))).isEmpty();
    }

    @Test
    void removingAnOutageAffectsItsRangeAndRemovingNoneAffectsNothing() {
        affectedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(affectedBy(situation.removeOutage("epr", at("09:00")))).isEmpty();
        assertThat(affectedBy(situation.removeOutage("epr", at("10:00")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void lateOutageThatJoinsTwoAffectsItsRangeAndTheSecondOutage() {
        affectedBy(situation.put(outage("epr", "10:00", "11:00")));
        affectedBy(situation.put(outage("epr", "12:00", "13:00")));

        assertThat(affectedBy(situation.put(outage("database", "11:00", "12:00"))))
                .containsExactly(clinic("11:00", "13:00"));
    }

    @Test
    void lateOutageThatOnlyChangesARootCauseAffectsTheExplainedOutage() {
        affectedBy(situation.put(outage("epr", "10:00", "12:00")));

        assertThat(affectedBy(situation.put(outage("database", "10:05", "10:30"))))
                .containsExactly(clinic("10:00", "12:00"));
        assertThat(situation.availability("clinic").outages().get(0).rootCauses())
                .containsExactly("database@2022-07-19T10:05:00Z");
    }

    @Test
    void outageThatOnlyTurnsUnplannedAffectsNothing() {
        affectedBy(situation.put(new Outage("epr", at("10:00"), at("11:00"), true, Evidence.OBSERVED, at("10:05"))));

        assertThat(affectedBy(situation.put(outage("epr", "10:00", "11:00")))).isEmpty();
    }

    @Test
    void movedStartAffectsEverySlotOfTheInterval() {
        affectedBy(situation.put(outage("epr", "10:00", "12:00")));
        affectedBy(situation.put(outage("database", "11:30", "13:00")));

        assertThat(affectedBy(situation.removeOutage("epr", at("10:00")))).containsExactly(clinic("10:00", "13:00"));
    }

    @Test
    void changedServiceIsAffectedAsAWhole() {
        assertThat(affectedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 60)))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void addedOrRemovedServiceIsAffectedAsAWhole() {
        assertThat(affectedBy(situation.removeService("clinic"))).containsExactly(WHOLE_CLINIC);
        assertThat(affectedBy(situation.removeService("clinic"))).isEmpty();
        assertThat(affectedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30)))))
                .containsExactly(WHOLE_CLINIC);
    }

    @Test
    void sameServiceAgainAffectsNothing() {
        assertThat(affectedBy(situation.put(service("clinic", needs("epr", Capability.RECORDS, 30)))))
                .isEmpty();
    }

    @Test
    void newNamesAffectNothing() {
        CareService known = situation.catalogue().service("clinic");
        assertThat(affectedBy(situation.put(new CareService(
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
    void sameSystemAgainAffectsNothing() {
        affectedBy(situation.put(outage("epr", "10:00", "11:00")));

        assertThat(affectedBy(situation.put(system("epr", "database")))).isEmpty();
    }

    @Test
    void newDependencyAffectsTheRangeOfItsOutages() {
        affectedBy(situation.put(outage("pacs", "10:00", "11:00")));

        assertThat(affectedBy(situation.put(system("epr", "database", "pacs"))))
                .containsExactly(clinic("10:00", "11:00"));
        assertThat(affectedBy(situation.put(system("epr", "database")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void addedOrRemovedSystemAffectsTheRangeOfItsOutages() {
        affectedBy(situation.put(outage("database", "10:00", "11:00")));

        assertThat(affectedBy(situation.removeSystem("database"))).containsExactly(clinic("10:00", "11:00"));
        assertThat(affectedBy(situation.put(system("database")))).containsExactly(clinic("10:00", "11:00"));
    }

    @Test
    void outageOfASystemThatSeveralServicesNeedAffectsEach() {
        affectedBy(situation.put(system("pacs", "database")));

        List<AffectedRange> affected = affectedBy(situation.put(outage("database", "10:00", "11:00")));

        assertThat(affected)
                .containsExactlyInAnyOrder(
                        clinic("10:00", "11:00"), new AffectedRange("scanner", at("10:00"), at("11:00")));
    }

    /** Settles the change, and checks that only announced changes affect anything. */
    private List<AffectedRange> affectedBy(Unsettled change) {
        List<AffectedRange> affected = new ArrayList<>();
        if (change != null) {
            assertThat(situation.settled()).isFalse();
        }
        assertThat(situation.settle(() -> false, affected::add)).isTrue();
        return affected;
    }

    private static List<AffectedRange> affectedBy(AffectedRange change) {
        return change == null ? List.of() : List.of(change);
    }

    private static AffectedRange clinic(String from, String to) {
        return new AffectedRange("clinic", at(from), at(to));
    }
}
