package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.knockon.benchmarks.harness.SyntheticRecords;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

/** Inputs that all concern one appointment or one system. Those with appointments run during an open outage. */
enum SingleKeyInput implements GrowingInput {
    /** Versions of one appointment, in order, each in a different slot from the last. */
    SNAPSHOTS {
        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            clinicWithoutItsSystem(pipeline);
        }

        @Override
        public void run(BrokerlessPipeline pipeline, int size) {
            for (int i = 1; i <= size; i++) {
                book(pipeline, "a", i, AppointmentStatus.BOOKED, null);
            }
        }
    },

    /** Appointments that all replace the same one, which was postponed. */
    REPLACES {
        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            clinicWithoutItsSystem(pipeline);
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

    /** Observations of one system, each from a different monitor, a second apart, in random order; one in three is DOWN. */
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
        long opens = BrokerlessPipeline.OPENS;
        pipeline.send(
                Topics.SYSTEMS,
                SYSTEM,
                SyntheticRecords.system(SYSTEM, SYSTEM, Set.of(), SyntheticRecords.policy(SECOND)),
                opens);
        pipeline.send(Topics.CARE_SERVICES, CLINIC, SyntheticRecords.service(CLINIC, 0, List.of(SYSTEM)), opens);
        pipeline.settle();
    }

    private static void clinicWithoutItsSystem(BrokerlessPipeline pipeline) {
        catalogue(pipeline);
        for (int i = 0; i < 3; i++) {
            long at = BrokerlessPipeline.OPENS + i * SECOND;
            SystemStatus status = i == 0 ? SystemStatus.UP : SystemStatus.DOWN;
            pipeline.send(Topics.SYSTEM_HEALTH, SYSTEM, SyntheticRecords.observation(SYSTEM, status, at), at);
        }
        pipeline.settle();
    }

    private static void book(
            BrokerlessPipeline pipeline, String id, int sequence, AppointmentStatus status, String replaces) {
        long updatedAt = BrokerlessPipeline.OPENS + sequence;
        pipeline.send(
                Topics.APPOINTMENTS,
                id,
                SyntheticRecords.version(
                        id,
                        sequence,
                        status,
                        status == AppointmentStatus.CANCELLED ? ChangeReason.IT_OUTAGE : null,
                        CLINIC,
                        BrokerlessPipeline.OPENS + (2 + sequence % HOURS) * HOUR,
                        "p-1",
                        replaces,
                        updatedAt),
                updatedAt);
    }
}
