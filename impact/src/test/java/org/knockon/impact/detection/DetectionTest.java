package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.model.SystemStatus.DEGRADED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.MAINTENANCE;
import static org.knockon.impact.model.SystemStatus.UP;

import org.junit.jupiter.api.Test;
import org.knockon.impact.detection.Detection.Judgement;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;

/** One monitor without silence: which runs make an outage, and of which kind. */
class DetectionTest {

    private static final MonitoringPolicy POLICY = WatchedSystem.policy(5, 10, 60);

    private final WatchedSystem system = WatchedSystem.under(POLICY);

    @Test
    void hasNoOutagesBeforeTheFirstObservation() {
        Judgement judgement = system.detection.judgedAt(at("10:00"));

        assertThat(judgement.outages()).isEmpty();
        assertThat(judgement.degraded()).isFalse();
        assertThat(judgement.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void opensAnOutageWhenTheUnavailableRunIsAsLongAsConfirmAfter() {
        system.sees("10:00", UP).sees("10:10", DOWN);

        assertThat(system.intervalsAt("10:14:59.999")).isEmpty();
        assertThat(system.intervalsAt("10:15")).containsExactly("10:10-");
    }

    @Test
    void opensAnOutageWithTheFirstObservation() {
        system.sees("10:00", DOWN);

        assertThat(system.intervalsAt("10:05")).containsExactly("10:00-");
    }

    @Test
    void closesAnOutageAtTheStartOfAnAvailableRunAsLongAsRecoverAfter() {
        system.sees("10:10", DOWN).sees("10:30", UP);

        assertThat(system.intervalsAt("10:39:59.999")).containsExactly("10:10-");
        assertThat(system.intervalsAt("10:40")).containsExactly("10:10-10:30");
    }

    @Test
    void shorterUnavailableRunIsNotAnOutage() {
        system.sees("10:00", UP).sees("10:10", DOWN).sees("10:14:59.999", UP);

        assertThat(system.intervalsAt("10:50")).isEmpty();
    }

    @Test
    void shorterAvailableRunDoesNotCloseTheOutage() {
        system.sees("10:10", DOWN).sees("10:20", UP).sees("10:29:59.999", DOWN).sees("10:40", UP);

        assertThat(system.intervalsAt("10:50")).containsExactly("10:10-10:40");
    }

    @Test
    void flappingNeitherOpensNorCloses() {
        system.sees("10:00", UP);
        for (int minute = 10; minute < 30; minute += 4) {
            system.sees("10:" + minute, DOWN).sees("10:" + (minute + 2), UP);
        }
        assertThat(system.intervalsAt("10:30")).isEmpty();

        system.sees("10:32", DOWN).sees("10:38", UP);
        for (int minute = 40; minute < 58; minute += 4) {
            system.sees("10:" + minute, DOWN).sees("10:" + (minute + 2), UP);
        }
        assertThat(system.intervalsAt("10:59")).containsExactly("10:32-");
        assertThat(system.finalOutages).isEmpty();
    }

    @Test
    void outagesFarEnoughApartAreSeparate() {
        system.sees("10:00", DOWN).sees("10:10", UP).sees("10:20", DOWN).sees("10:30", UP);

        assertThat(system.intervalsAt("10:40")).containsExactly("10:00-10:10", "10:20-10:30");
        assertThat(system.finalOutages)
                .as("final, because no later observation can change it")
                .hasSize(1);
    }

    @Test
    void runOfNoLengthAtNowMeetsAConfirmAfterAndRecoverAfterOfZero() {
        WatchedSystem immediate = WatchedSystem.under(WatchedSystem.policy(0, 0, 60));

        immediate.sees("10:00", UP).sees("10:10", DOWN);
        assertThat(immediate.intervalsAt("10:10")).containsExactly("10:10-");

        immediate.sees("10:20", UP);
        assertThat(immediate.intervalsAt("10:20")).containsExactly("10:10-10:20");
    }

    @Test
    void degradedIsNotAnOutageButIsReportedWhenConfirmed() {
        system.sees("10:00", UP).sees("10:10", DEGRADED);

        assertThat(system.detection.judgedAt(at("10:14:59.999")).degraded()).isFalse();
        assertThat(system.detection.judgedAt(at("10:15")).degraded()).isTrue();
        assertThat(system.intervalsAt("10:15")).isEmpty();
    }

    @Test
    void degradedEndsAnOutageLikeAnyAvailableStatus() {
        system.sees("10:00", DOWN).sees("10:10", DEGRADED);

        assertThat(system.intervalsAt("10:20")).containsExactly("10:00-10:10");
    }

    @Test
    void outageInAnnouncedMaintenanceIsPlanned() {
        system.sees("10:00", MAINTENANCE).sees("10:30", UP);

        Outage outage = system.onlyOutageAt("10:40");
        assertThat(outage.planned()).isTrue();
        assertThat(outage.evidence()).isEqualTo(Evidence.OBSERVED);
    }

    @Test
    void plannedOutageTurnsUnplannedWhenItsMaintenanceOverruns() {
        system.sees("10:00", MAINTENANCE);
        assertThat(system.onlyOutageAt("10:30").planned()).isTrue();

        system.sees("10:30", DOWN);
        assertThat(system.onlyOutageAt("10:30").planned())
                .as("even a piece of no length at now")
                .isFalse();

        system.sees("10:31", MAINTENANCE).sees("10:40", UP);
        assertThat(system.onlyOutageAt("10:50").planned()).isFalse();
        assertThat(system.intervalsAt("10:50")).containsExactly("10:00-10:40");
    }

    @Test
    void shortAvailabilityDuringMaintenanceKeepsItPlanned() {
        system.sees("10:00", MAINTENANCE).sees("10:10", UP).sees("10:15", MAINTENANCE);

        assertThat(system.onlyOutageAt("10:30").planned()).isTrue();
    }

    @Test
    void observedOutageIsConfirmedAfterConfirmAfter() {
        system.sees("10:10", DOWN);

        assertThat(system.onlyOutageAt("10:59").confirmedAt()).isEqualTo(at("10:15"));
    }

    @Test
    void refusesAnObservationOlderThanOneAlreadyFolded() {
        system.sees("10:00", UP).sees("10:05", UP);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.sees("10:04:59.999", DOWN))
                .withMessageContainingAll("epr", Long.toString(at("10:04:59.999")), Long.toString(at("10:05")));
    }

    @Test
    void judgingAheadMakesNothingFinal() {
        system.sees("10:00", DOWN).sees("10:10", UP);
        assertThat(system.intervalsAt("10:30")).containsExactly("10:00-10:10");

        system.sees("10:12", DOWN);
        assertThat(system.intervalsAt("10:30")).containsExactly("10:00-");
    }

    @Test
    void givesTheTimeOfTheNextJudgement() {
        system.sees("10:00", UP).sees("10:10", DOWN);
        assertThat(system.detection.judgedAt(at("10:12")).next()).isEqualTo(at("10:15"));
        assertThat(system.detection.judgedAt(at("10:15")).next()).isEqualTo(at("11:10:00.001"));

        system.sees("10:20", UP);
        assertThat(system.detection.judgedAt(at("10:20")).next()).isEqualTo(at("10:30"));
    }

    @Test
    void earliestUnsettledIsWhereTheNextOutageCouldStart() {
        system.sees("10:00", UP).sees("10:05", UP);
        assertThat(system.detection.earliestUnsettled()).isEqualTo(at("10:05"));

        system.sees("10:10", DOWN).sees("10:20", UP);
        assertThat(system.detection.earliestUnsettled()).isEqualTo(at("10:10"));

        system.sees("10:25", UP).sees("10:30", UP);
        assertThat(system.detection.earliestUnsettled())
                .as("the run that closes it is not over yet")
                .isEqualTo(at("10:10"));
    }
}
