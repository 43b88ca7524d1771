package org.knockon.benchmarks.growth;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Everything at one appointment or at one system, with an outage open where there are appointments. */
enum SingleKeyInput implements GrowingInput {
    /** Versions of one appointment, in order, each in another slot than the one before. */
    SNAPSHOTS {
        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            clinicThatIsDown(pipeline);
        }

        @Override
        public void run(BrokerlessPipeline pipeline, int size) {
            for (int i = 1; i <= size; i++) {
                book(pipeline, "a", i, AppointmentStatus.BOOKED, null);
            }
        }
    },

    /** Appointments that all name the same one, which was postponed. */
    REPLACES {
        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            clinicThatIsDown(pipeline);
            book(pipeline, REPLACED, 1, AppointmentStatus.BOOKED, null);
            book(pipeline, REPLACED, 2, AppointmentStatus.CANCELLED, null);
        }

        @Override
        public void run(BrokerlessPipeline pipeline, int size) {
            for (int i = 1; i <= size; i++) {
                book(pipeline, "b-" + i, i, AppointmentStatus.BOOKED, REPLACED);
            }
        }
    },

    /** Observations of one system, each by another monitor, a second apart, in any order; one in three says DOWN. */
    MONITORS {
        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            catalogue(pipeline);
        }

        @Override
        public void run(BrokerlessPipeline pipeline, int size) {
            List<Integer> order =
                    new ArrayList<>(IntStream.rangeClosed(1, size).boxed().toList());
            Collections.shuffle(order, new Random(size));
            for (int i : order) {
                long at = BrokerlessPipeline.OPENS + i * SECOND;
                SystemStatus status = i % 3 == 0 ? SystemStatus.DOWN : SystemStatus.UP;
                pipeline.send(
                        Topics.SYSTEM_HEALTH, SYSTEM, new Observation(SYSTEM, status, at, "monitor-" + i, null), at);
            }
        }
    };

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final int HOURS = 7;
    private static final String SYSTEM = "records";
    private static final String CLINIC = "clinic";
    private static final String REPLACED = "replaced";

    private static void catalogue(BrokerlessPipeline pipeline) {
        MonitoringPolicy policy = new MonitoringPolicy(SECOND, SECOND, 24 * HOUR);
        pipeline.send(
                Topics.SYSTEMS,
                SYSTEM,
                new MonitoredSystem(SYSTEM, SYSTEM, "ZZ9", "APPLICATION", Set.of(), policy, null),
                BrokerlessPipeline.OPENS);
        pipeline.send(
                Topics.CARE_SERVICES,
                CLINIC,
                new CareService(
                        CLINIC,
                        CLINIC,
                        "ZZ9",
                        "ZZ901",
                        "100",
                        Category.OUTPATIENT,
                        List.of(new Requirement(SYSTEM, Capability.RECORDS, 0))),
                BrokerlessPipeline.OPENS);
        pipeline.settle();
    }

    private static void clinicThatIsDown(BrokerlessPipeline pipeline) {
        catalogue(pipeline);
        for (int i = 0; i < 3; i++) {
            long at = BrokerlessPipeline.OPENS + i * SECOND;
            SystemStatus status = i == 0 ? SystemStatus.UP : SystemStatus.DOWN;
            pipeline.send(Topics.SYSTEM_HEALTH, SYSTEM, new Observation(SYSTEM, status, at, "probe", null), at);
        }
        pipeline.settle();
    }

    private static void book(BrokerlessPipeline pipeline, String id, int sequence, AppointmentStatus status, String replaces) {
        long slot = BrokerlessPipeline.OPENS + (2 + sequence % HOURS) * HOUR;
        pipeline.send(
                Topics.APPOINTMENTS,
                id,
                new AppointmentVersion(
                        id,
                        sequence,
                        status,
                        status == AppointmentStatus.CANCELLED ? ChangeReason.IT_OUTAGE : null,
                        CLINIC,
                        slot,
                        slot + HOUR / 3,
                        Priority.ROUTINE,
                        "p-1",
                        replaces,
                        BrokerlessPipeline.OPENS + sequence),
                BrokerlessPipeline.OPENS + sequence);
    }
}
