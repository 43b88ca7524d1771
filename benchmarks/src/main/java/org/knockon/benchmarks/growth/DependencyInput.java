package org.knockon.benchmarks.growth;

import java.util.List;
import java.util.Set;
import org.knockon.benchmarks.harness.SyntheticRecords;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

/** Many systems that depend on each other, one service that needs the last one, and one outage, of the first one. */
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

    /** The tree with the outage open. What is measured: all systems published again under other names. */
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

    /** Ids of the systems that this one depends on. */
    abstract Set<String> of(int system, int size);

    static String id(int system) {
        return "system-" + system;
    }

    @Override
    public void prepare(BrokerlessPipeline pipeline, int size) {
        long opens = BrokerlessPipeline.OPENS;
        pipeline.send(Topics.CARE_SERVICES, CLINIC, SyntheticRecords.service(CLINIC, 0, List.of(id(size - 1))), opens);
        catalogue(pipeline, size, "");
        observe(pipeline, SystemStatus.UP, 0);
        pipeline.send(
                Topics.APPOINTMENTS,
                "a",
                SyntheticRecords.version("a", 1, AppointmentStatus.BOOKED, CLINIC, opens + 4 * HOUR, "p-1", opens),
                opens);
        pipeline.settle();
    }

    @Override
    public void run(BrokerlessPipeline pipeline, int size) {
        observe(pipeline, SystemStatus.DOWN, 2 * SECOND);
        observe(pipeline, SystemStatus.DOWN, 4 * SECOND);
    }

    void catalogue(BrokerlessPipeline pipeline, int size, String namePrefix) {
        MonitoringPolicy policy = SyntheticRecords.policy(SECOND);
        for (int i = 0; i < size; i++) {
            pipeline.send(
                    Topics.SYSTEMS,
                    id(i),
                    SyntheticRecords.system(id(i), namePrefix + i, of(i, size), policy),
                    BrokerlessPipeline.OPENS);
        }
    }

    private static void observe(BrokerlessPipeline pipeline, SystemStatus status, long after) {
        long at = BrokerlessPipeline.OPENS + after;
        pipeline.send(Topics.SYSTEM_HEALTH, id(0), SyntheticRecords.observation(id(0), status, at), at);
    }
}
