package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.impact.AssessorBench.NOON;
import static org.knockon.streams.impact.AssessorBench.book;
import static org.knockon.streams.impact.AssessorBench.hear;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;
import org.knockon.schemas.AssessedImpact;
import org.knockon.streams.Names;
import org.knockon.streams.wire.Broadcast;
import org.knockon.streams.wire.Partial;

/** What an outage touches is counted before it is written, and counted once whatever happens in between. */
class CountFirstTest {

    private static final String CELL = "ALL";
    private static final int BOOKED = 5;
    private static final int MANY_TURNS = 40;

    /** Each turn looks at one appointment, or writes one. */
    private final AssessorBench bench = new AssessorBench(0);

    private final KeyValueStore<String, ImpactCounts> stored = bench.store(Names.PARTIAL_COUNTS);

    @Test
    void countsAreToldBeforeAnyAppointmentIsWritten() {
        ImpactAssessor assessor = withOutage();
        countAll();

        assertThat(lastTold()).isEqualTo(BOOKED);
        assertThat(impacts()).isEmpty();
        assertThat(stored.get(CELL)).as("in step with the states").isNull();

        turns(MANY_TURNS);
        assertThat(impacts()).hasSize(BOOKED);
        assertThat(stored.get(CELL).atRisk()).isEqualTo(BOOKED);
        assertThat(lastTold()).isEqualTo(BOOKED);
        assertThat(work()).isEmpty();
        assessor.close();
    }

    @Test
    void aCrashBetweenCountingAndWritingCountsNothingTwiceAndTellsNothingLess() {
        withOutage();
        countAll();
        turns(2);
        assertThat(impacts()).as("some are written").isNotEmpty().hasSizeLessThan(BOOKED);

        bench.start();
        turns(MANY_TURNS);

        assertThat(tellings()).as("never less than was told before").isSorted().endsWith((long) BOOKED, (long) BOOKED);
        assertThat(impacts()).as("each once").hasSize(BOOKED);
        assertThat(stored.get(CELL).atRisk()).isEqualTo(BOOKED);
    }

    @Test
    void anAppointmentThatChangesMeanwhileIsWrittenFirst() {
        ImpactAssessor assessor = withOutage();
        countAll();

        book(assessor, "late", "clinic");
        hear(assessor, new Broadcast.OutageRemoved("epr", NOON - 60_000, 0, NOON - 1_000));
        turns(MANY_TURNS);

        assertThat(lastTold()).isZero();
        assertThat(stored.get(CELL).atRisk()).isZero();
        assertThat(impacts()).as("told what became of each that was told of").hasSizeGreaterThanOrEqualTo(1);
        assertThat(work()).isEmpty();
    }

    private ImpactAssessor withOutage() {
        ImpactAssessor assessor = bench.start();
        MonitoringPolicy monitoring = new MonitoringPolicy(60_000, 60_000, 600_000);
        hear(
                assessor,
                new Broadcast.SystemPut(
                        new MonitoredSystem("epr", "Records", "ZZ9", "EPR", Set.of(), monitoring, null)));
        hear(
                assessor,
                new Broadcast.ServicePut(new CareService(
                        "clinic",
                        "Clinic",
                        "ZZ9",
                        "ZZ901",
                        "320",
                        Category.OUTPATIENT,
                        List.of(new Requirement("epr", Capability.RECORDS, 0)))));
        for (int i = 0; i < BOOKED; i++) {
            book(assessor, "a" + i, "clinic");
        }
        hear(assessor, new Broadcast.Tick(NOON - 30_000));
        turns(MANY_TURNS);
        bench.forget();
        Outage outage = new Outage("epr", NOON - 60_000, Outage.OPEN, false, Evidence.OBSERVED, NOON - 30_000);
        // Not the first after a rest: that one begins at once.
        hear(assessor, new Broadcast.OutagePut(outage, 0, NOON - 30_000));
        return assessor;
    }

    private void countAll() {
        for (int i = 0; i < MANY_TURNS && (tellings().isEmpty() || lastTold() < BOOKED); i++) {
            bench.turn();
        }
    }

    private void turns(int many) {
        for (int i = 0; i < many; i++) {
            bench.turn();
        }
    }

    private List<Long> tellings() {
        List<Long> told = new ArrayList<>();
        bench.sentTo(Names.TO_PARTIALS, CELL).forEach(value -> {
            if (value instanceof Partial.CellCount count) {
                told.add(count.counts().atRisk());
            }
        });
        return told;
    }

    private long lastTold() {
        List<Long> told = tellings();
        return told.get(told.size() - 1);
    }

    private List<AssessedImpact> impacts() {
        return bench.sent(Names.TO_CARE_IMPACTS).stream()
                .map(AssessedImpact.class::cast)
                .toList();
    }

    private List<Long> work() {
        List<Long> keys = new ArrayList<>();
        try (KeyValueIterator<Long, ?> all =
                bench.<Long, Object>store(Names.WORK).all()) {
            while (all.hasNext()) {
                keys.add(((KeyValue<Long, ?>) all.next()).key);
            }
        }
        return keys;
    }
}
