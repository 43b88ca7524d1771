package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.oracle.Scene.at;
import static org.knockon.oracle.Scene.minutes;
import static org.knockon.oracle.Scene.needs;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;

/**
 * A world of the size of the July heatwave: ten weeks, 60 systems, 120 services, 300,000 appointments, a million
 * versions.
 */
class FullSizeTest {

    private static final long BEGIN = at("2022-07-11T00:00");
    private static final int MINUTES = 72 * 24 * 60;

    private final Random random = new Random(20220719);
    private final Scene scene = new Scene();

    @Test
    void judgesAFullHeatwaveInSeconds() {
        health();
        book();
        Inputs inputs = new Inputs(scene.systems, scene.services, scene.observations, scene.versions);

        long started = cpuTime();
        Verdict verdict = BatchOracle.judge(inputs, Rules.DEFAULT);
        Duration took = Duration.ofNanos(cpuTime() - started);

        System.out.printf(
                "%d observations and %d versions: %d outages, %d impacts, %d cells in %d ms of CPU time%n",
                scene.observations.size(),
                scene.versions.size(),
                verdict.outages().size(),
                verdict.impacts().size(),
                verdict.counts().size(),
                took.toMillis());
        assertThat(verdict.outages()).hasSizeBetween(200, 400);
        assertThat(verdict.impacts()).hasSizeGreaterThan(20_000);
        ImpactCounts all = verdict.counts().get("ALL");
        assertThat(all.atRisk() + all.unconfirmed() + all.deliveredInDowntime() + all.postponed())
                .isEqualTo(verdict.impacts().size());
        assertThat(took).as("a guard against quadratic work").isLessThan(Duration.ofSeconds(60));
    }

    /** CPU time of this thread in nanoseconds, which does not depend on the load of the machine. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void health() {
        for (int s = 0; s < 60; s++) {
            String systemId = "system" + s;
            String[] dependsOn = s < 4 ? new String[0] : new String[] {"system" + s / 2, "system" + s / 3};
            scene.system(systemId, 10, 10, 60, dependsOn);
            List<long[]> outages = new ArrayList<>();
            for (int o = 0; o < 5; o++) {
                long from = random.nextInt(MINUTES);
                outages.add(new long[] {from, from + 30 + random.nextInt(1200)});
            }
            for (int minute = 0; minute < MINUTES; minute += 15) {
                long now = minute;
                boolean down = outages.stream().anyMatch(outage -> outage[0] <= now && now < outage[1]);
                SystemStatus status = down ? SystemStatus.DOWN : SystemStatus.UP;
                scene.observations.add(new Observation(systemId, status, BEGIN + minutes(minute), "monitor", null));
            }
        }
        for (int c = 0; c < 120; c++) {
            scene.service(
                    "service" + c,
                    needs("system" + (30 + c % 30), 60),
                    needs("system" + c % 60, 240),
                    needs("system" + (c * 7) % 60, 1440));
        }
    }

    private void book() {
        for (int a = 0; a < 300_000; a++) {
            long slot = BEGIN + minutes(random.nextInt(MINUTES));
            version(a, 0, AppointmentStatus.BOOKED, null, slot, BEGIN - minutes(random.nextInt(10_000)));
            boolean cancelled = random.nextInt(100) < 15;
            if (cancelled) {
                long at = slot - minutes(random.nextInt(600));
                version(a, 1, AppointmentStatus.CANCELLED, ChangeReason.PROVIDER, slot, at);
                version(a, 2, AppointmentStatus.BOOKED, null, slot + minutes(10_000), at + minutes(60));
            } else {
                version(a, 1, AppointmentStatus.ARRIVED, null, slot, slot);
                version(a, 2, AppointmentStatus.CHECKED_IN, null, slot, slot + minutes(5));
                version(a, 3, AppointmentStatus.FULFILLED, null, slot, slot + minutes(30));
            }
        }
    }

    private void version(
            int a, int sequence, AppointmentStatus status, ChangeReason reason, long slot, long updatedAt) {
        scene.versions.add(new AppointmentVersion(
                "appointment" + a,
                sequence,
                status,
                reason,
                "service" + a % 120,
                slot,
                slot + minutes(30),
                Priority.ROUTINE,
                "p",
                null,
                updatedAt,
                null));
    }
}
