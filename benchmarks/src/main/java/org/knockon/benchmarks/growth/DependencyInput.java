package org.knockon.benchmarks.growth;

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
import org.knockon.schemas.Topics;

import java.util.List;
import java.util.Set;

/** Many systems that depend on each other in one shape, one service at the far end of it, and one outage, at the first system. */
enum DependencyInput implements GrowingInput {
    /** Each depends on the next, the last on the first. */
    RING {
        @Override
        Set<String> of(int system, int size) {
            return Set.of(id((system + 1) % size));
        }
    },

    /** All depend on the first. */
    STAR {
        @Override
        Set<String> of(int system, int size) {
            return system == 0 ? Set.of() : Set.of(id(0));
        }
    },

    /** Each depends on the one above; two below each. */
    TREE {
        @Override
        Set<String> of(int system, int size) {
            return system == 0 ? Set.of() : Set.of(id((system - 1) / 2));
        }
    },

    /** The tree with the outage open, and all systems published again with other names: what is measured. */
    RENAMES {
        @Override
        Set<String> of(int system, int size) {
            return TREE.of(system, size);
        }

        @Override
        public void prepare(BrokerlessPipeline pipeline, int size) {
            super.prepare(pipeline, size);
            super.run(pipeline, size);
            pipeline.settle();
        }

        @Override
        public void run(BrokerlessPipeline pipeline, int size) {
            catalogue(pipeline, size, "renamed ");
        }
    };

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final String CLINIC = "clinic";

    abstract Set<String> of(int system, int size);

    static String id(int system) {
        return "system-" + system;
    }

    @Override
    public void prepare(BrokerlessPipeline pipeline, int size) {
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
                        List.of(new Requirement(id(size - 1), Capability.RECORDS, 0))),
                BrokerlessPipeline.OPENS);
        catalogue(pipeline, size, "");
        observe(pipeline, SystemStatus.UP, 0);
        long slot = BrokerlessPipeline.OPENS + 4 * HOUR;
        pipeline.send(
                Topics.APPOINTMENTS,
                "a",
                new AppointmentVersion(
                        "a",
                        1,
                        AppointmentStatus.BOOKED,
                        null,
                        CLINIC,
                        slot,
                        slot + HOUR / 3,
                        Priority.ROUTINE,
                        "p-1",
                        null,
                        BrokerlessPipeline.OPENS),
                BrokerlessPipeline.OPENS);
        pipeline.settle();
    }

    @Override
    public void run(BrokerlessPipeline pipeline, int size) {
        observe(pipeline, SystemStatus.DOWN, 2 * SECOND);
        observe(pipeline, SystemStatus.DOWN, 4 * SECOND);
    }

    void catalogue(BrokerlessPipeline pipeline, int size, String beforeName) {
        MonitoringPolicy policy = new MonitoringPolicy(SECOND, SECOND, 24 * HOUR);
        for (int i = 0; i < size; i++) {
            pipeline.send(
                    Topics.SYSTEMS,
                    id(i),
                    new MonitoredSystem(id(i), beforeName + i, "ZZ9", "APPLICATION", of(i, size), policy, null),
                    BrokerlessPipeline.OPENS);
        }
    }

    private static void observe(BrokerlessPipeline pipeline, SystemStatus status, long after) {
        long at = BrokerlessPipeline.OPENS + after;
        pipeline.send(Topics.SYSTEM_HEALTH, id(0), new Observation(id(0), status, at, "probe", null), at);
    }
}
