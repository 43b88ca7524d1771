package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.WorldEvent;

/** A nightly import publishes the whole catalogue while an outage is open. */
class CatalogueRepublishedTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000L;
    private static final int SYSTEMS = 300;

    @Test
    void newNamesCauseNoRecordAndNewDependentsFew() {
        try (PipelineDriver driver = PipelineDriver.onHeap()) {
            catalogue(driver, "name", SYSTEMS);
            driver.send(new WorldEvent.Observed(new Observation("s0", SystemStatus.UP, NOON, "probe", null)));
            driver.send(
                    new WorldEvent.Observed(new Observation("s0", SystemStatus.DOWN, NOON + MINUTE, "probe", null)));
            driver.send(new WorldEvent.Observed(
                    new Observation("s0", SystemStatus.DOWN, NOON + 30 * MINUTE, "probe", null)));
            driver.send(new WorldEvent.Booked(new AppointmentVersion(
                    "a",
                    1,
                    AppointmentStatus.BOOKED,
                    null,
                    "c7",
                    NOON + 60 * MINUTE,
                    NOON + 80 * MINUTE,
                    Priority.ROUTINE,
                    "p",
                    null,
                    NOON,
                    null)));
            driver.settle();
            assertThat(driver.outages()).hasSize(1);
            assertThat(driver.counts().get("ALL").atRisk()).isEqualTo(1);
            int sent = driver.outageRecords();

            catalogue(driver, "other name", SYSTEMS);
            driver.settle();
            assertThat(driver.outageRecords()).as("new names").isEqualTo(sent);

            catalogue(driver, "other name", SYSTEMS);
            driver.settle();
            assertThat(driver.outageRecords()).as("no change").isEqualTo(sent);
            assertThat(driver.counts().get("ALL").atRisk()).isEqualTo(1);

            catalogue(driver, "other name", 2 * SYSTEMS);
            driver.settle();
            assertThat(driver.outages().values().iterator().next().affectedServicesTotal())
                    .isEqualTo(2 * SYSTEMS);
            assertThat(driver.outageRecords())
                    .as("300 more systems and 300 more services, all affected")
                    .isLessThan(sent + 20);
        }
    }

    private static void catalogue(PipelineDriver driver, String name, int systems) {
        MonitoringPolicy policy =
                new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, Duration.ofDays(1).toMillis());
        for (int i = 0; i < systems; i++) {
            driver.send(new WorldEvent.SystemChanged(
                    NOON,
                    new MonitoredSystem(
                            "s" + i, name + i, "ZZ9", "APPLICATION", i == 0 ? Set.of() : Set.of("s0"), policy, null)));
            driver.send(new WorldEvent.ServiceChanged(
                    NOON,
                    new CareService(
                            "c" + i,
                            name + i,
                            "ZZ9",
                            "ZZ901",
                            "320",
                            Category.OUTPATIENT,
                            List.of(new Requirement("s" + i, Capability.RECORDS, 0)))));
        }
    }
}
