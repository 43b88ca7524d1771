package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.model.SystemStatus.DEGRADED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.MAINTENANCE;
import static org.knockon.impact.model.SystemStatus.UP;

import org.junit.jupiter.api.Test;

/** Several monitors: whose observation counts, and for how long. */
class DetectionByVoteTest {

    private final WatchedSystem system = WatchedSystem.under(WatchedSystem.policy(5, 10, 20));

    @Test
    void theMajorityDecides() {
        system.sees("10:00", "a", UP).sees("10:00", "b", UP).sees("10:00", "c", DOWN);
        assertThat(system.intervalsAt("10:15")).isEmpty();

        system.sees("10:15", "b", DOWN);
        assertThat(system.intervalsAt("10:20")).containsExactly("10:15-");
    }

    @Test
    void tieOfUpAndDownIsDown() {
        system.sees("10:00", "a", UP).sees("10:00", "b", DOWN);

        assertThat(system.intervalsAt("10:05")).containsExactly("10:00-");
    }

    @Test
    void tieOfMaintenanceAndDownIsDown() {
        system.sees("10:00", "a", MAINTENANCE).sees("10:00", "b", DOWN);

        assertThat(system.onlyOutageAt("10:05").planned()).isFalse();
    }

    @Test
    void tieOfDegradedAndMaintenanceIsMaintenance() {
        system.sees("10:00", "a", DEGRADED).sees("10:00", "b", MAINTENANCE);

        assertThat(system.onlyOutageAt("10:05").planned()).isTrue();
    }

    @Test
    void tieOfUpAndDegradedIsDegraded() {
        system.sees("10:00", "a", UP).sees("10:00", "b", DEGRADED);

        assertThat(system.detection.judgedAt(at("10:05")).degraded()).isTrue();
    }

    @Test
    void mostVotesDecideEvenWithoutAnAbsoluteMajority() {
        system.sees("10:00", "a", UP)
                .sees("10:00", "b", UP)
                .sees("10:00", "c", DOWN)
                .sees("10:00", "d", MAINTENANCE);

        assertThat(system.intervalsAt("10:15")).isEmpty();
    }

    @Test
    void ofTwoObservationsOfOneMonitorAtOneInstantTheWorseCountsInEitherOrder() {
        system.sees("10:00", DOWN).sees("10:00", UP);
        assertThat(system.intervalsAt("10:05")).containsExactly("10:00-");

        WatchedSystem otherOrder = WatchedSystem.under(WatchedSystem.policy(5, 10, 20));
        otherOrder.sees("10:00", UP).sees("10:00", DOWN);
        assertThat(otherOrder.intervalsAt("10:05")).containsExactly("10:00-");
    }

    @Test
    void observationCountsUntilItIsSilenceAfterOld() {
        system.sees("10:00", "a", DOWN).sees("10:05", "b", UP).sees("10:15", "b", UP);

        assertThat(system.intervalsAt("10:31")).containsExactly("10:00-10:20:00.001");
    }

    @Test
    void silentMonitorThatReportsAgainCountsAgain() {
        system.sees("10:00", "a", DOWN)
                .sees("10:05", "b", UP)
                .sees("10:20", "b", UP)
                .sees("10:35", "a", DOWN);

        assertThat(system.intervalsAt("10:40")).containsExactly("10:00-10:20:00.001", "10:35-");
    }

    @Test
    void nextJudgementIsWhenAnObservationExpires() {
        system.sees("10:00", "a", DOWN).sees("10:10", "b", UP);

        assertThat(system.detection.judgedAt(at("10:10")).next()).isEqualTo(at("10:20:00.001"));
    }
}
