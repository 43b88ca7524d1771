package org.knockon.benchmarks.micro;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Assessment;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Assesses one appointment of a service that needs two systems, with two past outages and one open. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AssessmentBenchmark {

    private static final long HOUR = 3_600_000L;
    private static final long NOW = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final String SERVICE = "clinic";
    private static final String RECORDS = "records";
    private static final String IMAGING = "imaging";

    private Assessment assessment;
    private AppointmentHistory untouched;
    private AppointmentHistory atRisk;
    private AppointmentHistory rebooked;

    /** Checks the results first. */
    @Setup
    public void prepare() {
        Situation situation = new Situation();
        MonitoringPolicy policy = new MonitoringPolicy(60_000L, 60_000L, 24 * HOUR);
        for (String system : List.of(RECORDS, IMAGING)) {
            situation.put(new MonitoredSystem(system, system, "ZZ9", "APPLICATION", Set.of(), policy, null));
        }
        situation.put(new CareService(
                SERVICE,
                "Clinic",
                "ZZ9",
                "ZZ901",
                "100",
                Category.OUTPATIENT,
                List.of(
                        new Requirement(RECORDS, Capability.RECORDS, 0),
                        new Requirement(IMAGING, Capability.IMAGING, HOUR))));
        situation.put(outage(IMAGING, NOW - 48 * HOUR, NOW - 40 * HOUR));
        situation.put(outage(RECORDS, NOW - 24 * HOUR, NOW - 20 * HOUR));
        situation.put(outage(RECORDS, NOW - HOUR, Outage.OPEN));
        situation.advance(NOW);
        assessment = new Assessment(situation, Rules.DEFAULT);
        untouched = AppointmentHistory.EMPTY.with(version(1, AppointmentStatus.BOOKED, null, NOW + 72 * HOUR, -50));
        atRisk = AppointmentHistory.EMPTY.with(version(1, AppointmentStatus.BOOKED, null, NOW + 3 * HOUR, -50));
        rebooked = AppointmentHistory.EMPTY
                .with(version(1, AppointmentStatus.BOOKED, null, NOW - 22 * HOUR, -50))
                .with(version(2, AppointmentStatus.CANCELLED, ChangeReason.PROVIDER, NOW - 22 * HOUR, -23))
                .with(version(3, AppointmentStatus.BOOKED, null, NOW + 72 * HOUR, -10));
        require(untouched, null);
        require(atRisk, ImpactState.AT_RISK);
        require(rebooked, ImpactState.REBOOKED);
    }

    @Benchmark
    public Impact untouched() {
        return assessment.assess(untouched, null);
    }

    @Benchmark
    public Impact atRisk() {
        return assessment.assess(atRisk, null);
    }

    @Benchmark
    public Impact rebookedAfterThreeVersions() {
        return assessment.assess(rebooked, null);
    }

    private void require(AppointmentHistory history, ImpactState expected) {
        Impact impact = assessment.assess(history, null);
        ImpactState state = impact == null ? null : impact.state();
        if (state != expected) {
            throw new IllegalStateException("expected " + expected + ", not " + state);
        }
    }

    private static Outage outage(String system, long from, long to) {
        return new Outage(system, from, to, false, Evidence.OBSERVED, from + 60_000L);
    }

    private static AppointmentVersion version(
            long sequence, AppointmentStatus status, ChangeReason reason, long slot, int updatedHours) {
        return new AppointmentVersion(
                "a-1",
                sequence,
                status,
                reason,
                SERVICE,
                slot,
                slot + HOUR / 3,
                Priority.ROUTINE,
                "p-1",
                null,
                NOW + updatedHours * HOUR,
                null);
    }
}
