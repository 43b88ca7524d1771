package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.SystemStatus.DEGRADED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.MAINTENANCE;
import static org.knockon.impact.model.SystemStatus.UNKNOWN;
import static org.knockon.impact.model.SystemStatus.UP;
import static org.knockon.oracle.Scene.at;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/** Paragraphs 1 to 8 of docs/semantics.md. */
class OutageRulesTest {

    private final Scene scene = new Scene();

    @Test
    void anOutageLastsFromTheFirstDownToTheNextUp() {
        scene.system("pas").seen("pas", "09:00", UP).down("pas", "10:00", "12:00");

        assertThat(scene.outages())
                .containsExactly(new Outage("pas", at("10:00"), at("12:00"), false, Evidence.OBSERVED, at("10:00")));
    }

    @Test
    void anOutageWithoutARecoveryIsOpen() {
        scene.system("pas").seen("pas", "10:00", DOWN);

        assertThat(scene.onlyOutage().open()).isTrue();
    }

    @Test
    void degradedIsNotAnOutageButMaintenanceIs() {
        scene.system("a").system("b").seen("a", "10:00", DEGRADED).seen("b", "10:00", MAINTENANCE);

        assertThat(scene.onlyOutage().systemId()).isEqualTo("b");
    }

    @Test
    void anUnknownStatusIsIgnoredAndDoesNotAdvanceTheClock() {
        scene.system("pas").seen("pas", "10:00", UP).seen("pas", "11:00", UNKNOWN);

        assertThat(scene.judge().now()).isEqualTo(at("10:00"));
    }

    @Test
    void anObservationCountsOnlyWhenItsSystemIsInTheCatalogue() {
        scene.seen("pas", "10:00", DOWN);
        assertThat(scene.judge().now()).isNull();
        assertThat(scene.outages()).isEmpty();

        scene.system("pas");
        assertThat(scene.judge().now()).isEqualTo(at("10:00"));
        assertThat(scene.outages()).hasSize(1);
    }

    @Test
    void nowIsTheWallClockIfItIsLaterThanTheNewestObservation() {
        scene.system("pas").seen("pas", "10:00", UP);

        scene.nowFloor = at("09:00");
        assertThat(scene.judge().now()).isEqualTo(at("10:00"));
        scene.nowFloor = at("11:00");
        assertThat(scene.judge().now()).isEqualTo(at("11:00"));
    }

    @Test
    void ofARepeatAtTheSameInstantTheWorseStatusCounts() {
        scene.system("pas")
                .seen("pas", "10:00", DEGRADED)
                .seen("pas", "10:00", DOWN)
                .seen("pas", "10:00", UP)
                .seen("pas", "10:00", MAINTENANCE);

        assertThat(scene.onlyOutage().planned()).isFalse();
    }

    @Test
    void theMajorityOfTheMonitorsDecides() {
        scene.system("pas")
                .seenBy("m1", "pas", "10:00", DOWN)
                .seenBy("m2", "pas", "10:00", UP)
                .seenBy("m3", "pas", "10:00", UP)
                .seenBy("m2", "pas", "11:00", DOWN);

        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("11:00"));
    }

    @Test
    void aTieGoesToTheWorse() {
        scene.system("a").seenBy("m1", "a", "10:00", MAINTENANCE).seenBy("m2", "a", "10:00", DOWN);
        scene.system("b").seenBy("m1", "b", "10:00", MAINTENANCE).seenBy("m2", "b", "10:00", DEGRADED);
        scene.system("c").seenBy("m1", "c", "10:00", DEGRADED).seenBy("m2", "c", "10:00", UP);

        assertThat(scene.outages()).extracting(Outage::systemId).containsExactly("a", "b");
        assertThat(scene.outages()).extracting(Outage::planned).containsExactly(false, true);
    }

    @Test
    void anObservationCountsUntilItIsOlderThanSilenceAfter() {
        scene.system("pas", 0, 0, 60)
                .seenBy("m1", "pas", "10:00", UP)
                .seenBy("m2", "pas", "10:30", DOWN) // a tie from here
                .seenBy("m1", "pas", "10:40", UP)
                .seenBy("m3", "pas", "10:40", UP) // two to one
                .seenBy("m1", "pas", "11:35", DOWN) // the observation of m2 no longer counts
                .seenBy("m3", "pas", "11:35", DOWN);

        assertThat(scene.outages()).extracting(Outage::startedAt).containsExactly(at("10:30"), at("11:35"));
        assertThat(scene.outages().get(0).endedAt()).isEqualTo(at("10:40"));

        Scene other = new Scene()
                .system("pas", 0, 0, 60)
                .seenBy("m1", "pas", "10:00", DOWN)
                .seenBy("m2", "pas", "10:00", UP)
                .seenBy("m2", "pas", "10:50", UP)
                .seenBy("m2", "pas", "11:50", UP);
        assertThat(other.onlyOutage().endedAt()).isEqualTo(at("11:00") + 1);
    }

    @Test
    void anObservationStillCountsWhenItIsExactlySilenceAfterOld() {
        scene.system("pas", 0, 0, 60).seenBy("m1", "pas", "10:00", DOWN).seenBy("m2", "pas", "11:00", UP);
        scene.now("11:30");

        assertThat(scene.onlyOutage().endedAt()).isEqualTo(at("11:00") + 1);
    }

    @Test
    void ofMoreThanAHundredMonitorsTheNewestHundredVote() {
        scene.system("pas", 0, 0, 60);
        for (int m = 0; m < 60; m++) {
            scene.seenBy("early" + m, "pas", "10:00", DOWN);
        }
        for (int m = 0; m < 50; m++) {
            scene.seenBy("late" + m, "pas", "10:10", UP);
        }
        scene.now("10:10");
        assertThat(scene.onlyOutage().open()).as("50 UP, 50 of the 60 DOWN").isTrue();

        scene.seenBy("last", "pas", "10:10", UP);
        assertThat(scene.onlyOutage().endedAt()).as("51 UP, 49 DOWN").isEqualTo(at("10:10"));
    }

    @Test
    void atOneInstantTheMonitorsWithTheGreaterNamesVote() {
        scene.system("pas", 0, 0, 60);
        for (int m = 100; m < 150; m++) {
            scene.seenBy("m" + m, "pas", "10:00", DOWN);
        }
        for (int m = 200; m < 251; m++) {
            scene.seenBy("m" + m, "pas", "10:00", UP);
        }
        assertThat(scene.outages()).as("49 DOWN, 51 UP: m100 does not vote").isEmpty();

        scene.observations.removeIf(observation -> observation.monitor().equals("m250"));
        assertThat(scene.outages()).as("a tie").hasSize(1);
    }

    @Test
    void aGapLongerThanSilenceAfterIsDownFromStartToEnd() {
        scene.system("pas", 0, 0, 60).seen("pas", "10:00", UP).seen("pas", "11:00:00.001", UP);

        assertThat(scene.outages())
                .containsExactly(
                        new Outage("pas", at("10:00"), at("11:00:00.001"), false, Evidence.SILENCE, at("11:00")));
    }

    @Test
    void aGapOfExactlySilenceAfterIsNotSilence() {
        scene.system("pas", 0, 0, 60).seen("pas", "10:00", UP).seen("pas", "11:00", UP);

        assertThat(scene.outages()).isEmpty();
    }

    @Test
    void reportsOutageWhileFeedStaysSilent() {
        scene.system("pas", 0, 0, 60).seen("pas", "10:00", UP).now("11:00");
        assertThat(scene.outages()).isEmpty();

        scene.now("11:00:00.001");
        assertThat(scene.onlyOutage())
                .isEqualTo(new Outage("pas", at("10:00"), Outage.OPEN, false, Evidence.SILENCE, at("11:00")));
    }

    @Test
    void anyMonitorBreaksTheSilence() {
        scene.system("pas", 0, 0, 60)
                .seenBy("m1", "pas", "10:00", UP)
                .seenBy("m2", "pas", "10:45", UP)
                .seenBy("m1", "pas", "11:30", UP);

        assertThat(scene.outages()).isEmpty();
    }

    @Test
    void beforeItsFirstObservationASystemIsUp() {
        scene.system("pas", 0, 0, 60).seen("pas", "10:00", UP).system("old").seen("old", "01:00", UP);

        assertThat(scene.outages()).isEmpty();
    }

    @Test
    void aRunShorterThanConfirmAfterOpensNothing() {
        scene.system("pas", 10, 0, Scene.DAYS_OF_SILENCE)
                .down("pas", "10:00", "10:09:59.999")
                .down("pas", "11:00", "11:10");

        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("11:00"));
        assertThat(scene.onlyOutage().confirmedAt()).isEqualTo(at("11:10"));
    }

    @Test
    void aRunShorterThanRecoverAfterClosesNothing() {
        scene.system("pas", 0, 10, Scene.DAYS_OF_SILENCE)
                .down("pas", "10:00", "10:20")
                .down("pas", "10:29:59.999", "11:00")
                .seen("pas", "11:10", UP);

        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("10:00"));
        assertThat(scene.onlyOutage().endedAt()).isEqualTo(at("11:00"));
    }

    @Test
    void anOutageStaysOpenUntilItsRecoveryIsLongEnough() {
        scene.system("pas", 0, 10, Scene.DAYS_OF_SILENCE)
                .down("pas", "10:00", "11:00")
                .now("11:09:59.999");
        assertThat(scene.onlyOutage().open()).isTrue();

        scene.now("11:10");
        assertThat(scene.onlyOutage().endedAt()).isEqualTo(at("11:00"));
    }

    @Test
    void aChangeExactlyAtNowIsARunOfLengthZero() {
        scene.system("pas").seen("pas", "10:00", UP).seen("pas", "11:00", DOWN);
        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("11:00"));

        Scene recovered = new Scene().system("pas").down("pas", "10:00", "11:00");
        assertThat(recovered.onlyOutage().endedAt()).isEqualTo(at("11:00"));

        Scene slow = new Scene().system("pas", 1, 0, 60).seen("pas", "10:00", DOWN);
        assertThat(slow.outages()).isEmpty();
    }

    @Test
    void isPlannedWhileAllOfItWasMaintenance() {
        scene.system("pas").seen("pas", "10:00", MAINTENANCE).now("12:00");
        assertThat(scene.onlyOutage().planned()).isTrue();

        scene.seen("pas", "11:00", DOWN);
        assertThat(scene.onlyOutage().planned()).isFalse();
        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("10:00"));
    }

    @Test
    void turnsUnplannedWhenItsMaintenanceOverruns() {
        scene.system("pas").seen("pas", "10:00", MAINTENANCE).seen("pas", "11:00", DOWN);

        assertThat(scene.onlyOutage().planned()).isFalse();
    }

    @Test
    void silenceIsNotMaintenance() {
        scene.system("pas", 0, 0, 60)
                .seen("pas", "10:00", MAINTENANCE)
                .seen("pas", "10:50", MAINTENANCE)
                .now("12:00");

        assertThat(scene.onlyOutage())
                .isEqualTo(new Outage("pas", at("10:00"), Outage.OPEN, false, Evidence.OBSERVED, at("10:00")));
    }

    @Test
    void maintenanceAfterARecoveryIsAnotherOutage() {
        scene.system("pas").down("pas", "10:00", "11:00").seen("pas", "12:00", MAINTENANCE);

        assertThat(scene.outages()).extracting(Outage::planned).containsExactly(false, true);
    }

    @Test
    void theEvidenceIsObservedIfOneMonitorReportsTheOutage() {
        scene.system("pas", 0, 0, 60).seen("pas", "10:00", UP).seen("pas", "12:00", DOWN);

        assertThat(scene.onlyOutage().startedAt()).isEqualTo(at("10:00"));
        assertThat(scene.onlyOutage().evidence()).isEqualTo(Evidence.OBSERVED);
        assertThat(scene.onlyOutage().confirmedAt()).isEqualTo(at("11:00"));
    }

    @Test
    void silenceIsConfirmedWhenItIsDetected() {
        scene.system("pas", 90, 0, 60).seen("pas", "10:00", UP).now("11:29");
        assertThat(scene.outages()).isEmpty();

        scene.now("11:30");
        assertThat(scene.onlyOutage().confirmedAt()).isEqualTo(at("11:30"));
    }

    @Test
    void doesNotDependOnOrderOfArrivalOrRepeats() {
        scene.system("pas")
                .seen("pas", "09:00", UP)
                .down("pas", "10:00", "11:00")
                .seen("pas", "12:00", DOWN);
        var inOrder = scene.outages();

        scene.observations.addAll(List.copyOf(scene.observations));
        Collections.reverse(scene.observations);

        assertThat(inOrder).hasSize(2);
        assertThat(scene.outages()).isEqualTo(inOrder);
    }

    @Test
    void anOutageIsIdentifiedByItsSystemAndStart() {
        scene.system("pas").seen("pas", "10:00", DOWN);

        assertThat(scene.judge().outages()).containsOnlyKeys("pas@2022-07-19T10:00:00Z");
    }
}
