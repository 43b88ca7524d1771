package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.streams.HeapStores;
import org.knockon.streams.codec.GroupChange;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.task.Names;

class PartialCountsTest {

    private static final long HOUR = 60 * 60 * 1000L;
    private static final String SPECIALTY = "340";

    private final Cells cells = new Cells(ZoneId.of("Europe/London"));
    private final KeyValueStore<String, ImpactCounts> store = HeapStores.store(
            new MockProcessorContext<>(), Names.PARTIAL_COUNTS, Serdes.String(), InternalSerdes.COUNTS);
    private final KeyValueStore<Long, GroupChange> uncounted = HeapStores.store(
            new MockProcessorContext<>(), Names.UNCOUNTED_CHANGES, Serdes.Long(), InternalSerdes.GROUP_CHANGE);
    private PartialCounts counts = new PartialCounts(store, uncounted, cells);
    private final Map<String, ImpactCounts> sent = new HashMap<>();

    /** Compared with a recount of all impacts, cell by cell. */
    @Test
    void storesAndSendsTheCountsOfAllAppointments() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Impact[] now = new Impact[400];
            for (int step = 0; step < 3_000; step++) {
                int which = random.nextInt(now.length);
                Impact next = random.nextInt(8) == 0 ? null : impact(random);
                counts.move(now[which], SPECIALTY, next, SPECIALTY);
                now[which] = next;
                counts.keep();
                if (random.nextInt(500) == 0) {
                    // A crash: only the stores survive.
                    counts = new PartialCounts(store, uncounted, cells);
                }
                if (random.nextInt(100) == 0) {
                    counts.settle();
                    counts.flush(sent::put);
                }
            }
            counts.settle();
            counts.flush(sent::put);

            Map<String, ImpactCounts> expected = new HashMap<>();
            for (Impact impact : now) {
                if (impact != null && impact.state() != ImpactState.NONE) {
                    for (Cell cell : cells.of(CellGroup.of(impact, SPECIALTY))) {
                        expected.merge(cell.key(), ImpactCounts.of(impact), ImpactCounts::plus);
                    }
                }
            }
            assertThat(notZero(sent)).as("seed %d, sent", seed).isEqualTo(notZero(expected));
            assertThat(content(store)).as("seed %d, stored", seed).isEqualTo(notZero(expected));
            for (Impact impact : now) {
                counts.move(impact, SPECIALTY, null, null);
            }
        }
    }

    @Test
    void anEventWritesOneEntryAndNoCell() {
        counts.move(null, null, impact(ImpactState.AT_RISK, 0, List.of("a@t@1")), SPECIALTY);
        counts.move(null, null, impact(ImpactState.AT_RISK, 0, List.of("a@t@1")), SPECIALTY);
        counts.keep();

        assertThat(uncounted.approximateNumEntries()).isEqualTo(1);
        assertThat(content(store)).isEmpty();
        assertThat(counts.unsent()).isPositive();

        counts.settle();

        assertThat(uncounted.approximateNumEntries()).isZero();
        assertThat(content(store).get("ALL").atRisk()).isEqualTo(2);
    }

    @Test
    void whatWaitsStaysBounded() {
        for (int hour = 0; hour < 10_000; hour++) {
            counts.move(null, null, impact(ImpactState.AT_RISK, hour, List.of("a@t@1")), SPECIALTY);
            counts.keep();
            assertThat(uncounted.approximateNumEntries()).isLessThanOrEqualTo(500);
        }
        counts.settle();
        assertThat(content(store).get("ALL").atRisk()).isEqualTo(10_000);
    }

    @Test
    void sendsOnlyCellsThatChange() {
        Impact before = impact(ImpactState.AT_RISK, 0, List.of("a@t@1"));
        for (int i = 0; i < 10; i++) {
            counts.move(null, null, before, SPECIALTY);
        }
        counts.settle();
        counts.flush(sent::put);
        sent.clear();

        counts.move(before, SPECIALTY, impact(ImpactState.AT_RISK, 0, List.of("a@t@1", "b@t@2")), SPECIALTY);
        counts.settle();
        counts.flush(sent::put);

        assertThat(sent)
                .containsOnlyKeys(new Cell(Dimension.OUTAGE, "b@t@2").key(), new Cell(Dimension.SYSTEM, "b@t").key());
    }

    @Test
    void sendsNothingForChangesThatCancelOut() {
        Impact one = impact(ImpactState.AT_RISK, 0, List.of("a@t@1"));
        counts.move(null, null, one, SPECIALTY);
        counts.move(one, SPECIALTY, null, null);
        counts.settle();
        counts.flush(sent::put);

        assertThat(sent).isEmpty();
        assertThat(content(store)).isEmpty();
    }

    private static Impact impact(Random random) {
        ImpactState state = ImpactState.values()[random.nextInt(ImpactState.values().length)];
        return impact(state, random.nextInt(200), List.of("a@t@" + random.nextInt(5)));
    }

    private static Impact impact(ImpactState state, int hour, List<String> outages) {
        boolean moved = state == ImpactState.REBOOKED || state == ImpactState.RECOVERED;
        long slot = hour * HOUR;
        return new Impact(
                state,
                "clinic",
                "RJ1",
                "RJ122",
                Category.OUTPATIENT,
                Priority.ROUTINE,
                slot,
                outages,
                outages,
                List.of(Capability.RECORDS),
                moved ? slot : null,
                moved ? slot + hour * HOUR : null,
                moved ? hour * 60L : null,
                moved ? 1 : 0);
    }

    private static Map<String, ImpactCounts> notZero(Map<String, ImpactCounts> all) {
        Map<String, ImpactCounts> some = new HashMap<>(all);
        some.values().removeIf(ImpactCounts.ZERO::equals);
        return some;
    }
}
