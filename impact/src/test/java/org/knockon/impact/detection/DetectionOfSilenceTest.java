package org.knockon.impact.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.MAINTENANCE;
import static org.knockon.impact.model.SystemStatus.UP;

import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/** A target that disappears must never count as recovered. */
class DetectionOfSilenceTest {

    private final WatchedSystem system = WatchedSystem.under(WatchedSystem.policy(5, 10, 20));

    @Test
    void reportsOutageWhileFeedStaysSilent() {
        system.sees("10:00", UP);

        assertThat(system.intervalsAt("10:20")).isEmpty();
        assertThat(system.intervalsAt("10:20:00.001")).containsExactly("10:00-");
    }

    @Test
    void nextJudgementIsWhenSilenceBecomesTooLong() {
        system.sees("10:00", UP);

        assertThat(system.detection.judgedAt(at("10:05")).next()).isEqualTo(at("10:20:00.001"));
    }

    @Test
    void gapLongerThanSilenceAfterIsDownFromItsStart() {
        system.sees("10:00", UP).sees("10:30", UP);

        assertThat(system.intervalsAt("10:45")).containsExactly("10:00-10:30");
    }

    @Test
    void gapAsLongAsSilenceAfterIsNotSilence() {
        system.sees("10:00", UP).sees("10:20", UP).sees("10:40", UP);

        assertThat(system.intervalsAt("10:55")).isEmpty();
    }

    @Test
    void anyMonitorBreaksTheSilence() {
        system.sees("10:00", "probe", UP)
                .sees("10:15", "agent", UP)
                .sees("10:30", "probe", UP)
                .sees("10:45", "agent", UP);

        assertThat(system.intervalsAt("11:00")).isEmpty();
    }

    @Test
    void outageBySilenceHasThatEvidenceAndIsConfirmedAfterSilenceAfter() {
        system.sees("10:00", UP);

        Outage outage = system.onlyOutageAt("10:30");
        assertThat(outage.evidence()).isEqualTo(Evidence.SILENCE);
        assertThat(outage.planned()).isFalse();
        assertThat(outage.confirmedAt()).isEqualTo(at("10:20"));
    }

    @Test
    void longerConfirmAfterTakesPrecedenceOverSilenceAfter() {
        WatchedSystem patient =
                WatchedSystem.under(WatchedSystem.policy(30, 10, 20)).sees("10:00", UP);

        assertThat(patient.intervalsAt("10:29:59.999")).isEmpty();
        assertThat(patient.onlyOutageAt("10:30").confirmedAt()).isEqualTo(at("10:30"));
    }

    @Test
    void outageReportedBeforeTheMonitorFellSilentIsObserved() {
        system.sees("10:00", DOWN).sees("10:10", DOWN).sees("10:40", UP);

        Outage outage = system.onlyOutageAt("10:55");
        assertThat(system.intervalsAt("10:55")).containsExactly("10:00-10:40");
        assertThat(outage.evidence()).isEqualTo(Evidence.OBSERVED);
        assertThat(outage.confirmedAt()).isEqualTo(at("10:05"));
    }

    @Test
    void outageThatStartedInSilenceAndWasReportedLaterIsObservedButConfirmedAsSilence() {
        system.sees("10:00", UP).sees("10:30", DOWN);

        Outage outage = system.onlyOutageAt("10:40");
        assertThat(outage.startedAt()).isEqualTo(at("10:00"));
        assertThat(outage.evidence()).isEqualTo(Evidence.OBSERVED);
        assertThat(outage.confirmedAt()).isEqualTo(at("10:20"));
    }

    @Test
    void silenceIsNotMaintenance() {
        system.sees("10:00", MAINTENANCE).sees("10:10", MAINTENANCE);
        assertThat(system.onlyOutageAt("10:30").planned()).isTrue();
        assertThat(system.onlyOutageAt("10:30:00.001").planned()).isFalse();
    }

    @Test
    void gapThatStartedInMaintenanceIsSilenceFromItsStart() {
        system.sees("10:00", MAINTENANCE).sees("10:30", UP);

        Outage outage = system.onlyOutageAt("10:45");
        assertThat(outage.planned()).isFalse();
        assertThat(outage.evidence()).isEqualTo(Evidence.SILENCE);
    }
}
