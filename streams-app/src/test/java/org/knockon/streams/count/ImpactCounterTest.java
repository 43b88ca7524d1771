package org.knockon.streams.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;
import static org.knockon.streams.HeapStores.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.streams.codec.CellTally;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** Sums are compared with a recount of what every partition said last. */
class ImpactCounterTest {

    private static final List<String> CELLS = List.of("ALL", "SITE|RJ121", "OUTAGE|pas@1");
    private static final int PARTITIONS = 64;
    private static final long NOON = 1_658_228_400_000L;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final Map<String, ImpactCounts> said = new HashMap<>();
    private KeyValueStore<String, ImpactCounts> partials;
    private KeyValueStore<String, CellTally> tallies;
    private ImpactCounter counter;

    @BeforeEach
    void start() {
        context.setCurrentStreamTimeMs(NOON);
        partials = store(context, Names.CELL_PARTIALS, Serdes.String(), InternalSerdes.COUNTS);
        tallies = store(context, Names.CELL_TALLIES, Serdes.String(), InternalSerdes.CELL_TALLY);
        store(context, Names.PARTITION_CLOCKS, Serdes.Integer(), Serdes.Long());
        counter = counter();
    }

    private ImpactCounter counter() {
        return new ImpactCounter(context, new Activity());
    }

    @Test
    void sumsWhatEachPartitionSaidLast() {
        Random random = new Random(7);
        Map<String, ImpactCounts> published = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            say(
                    CELLS.get(random.nextInt(CELLS.size())),
                    random.nextInt(PARTITIONS),
                    random.nextInt(4) == 0 ? 0 : random.nextInt(100));
            if (random.nextInt(500) == 0) {
                publish(published);
                assertThat(published).isEqualTo(recount());
            }
            if (random.nextInt(900) == 0) {
                // A crash: only the stores survive.
                counter = counter();
            }
        }
    }

    @Test
    void keepsNothingOfACellThatHasEnded() {
        Map<String, ImpactCounts> published = new HashMap<>();
        say("OUTAGE|pas@1", 3, 5);
        say("OUTAGE|pas@1", 60, 7);
        publish(published);
        assertThat(published).containsEntry("OUTAGE|pas@1", counts(12));

        say("OUTAGE|pas@1", 3, 0);
        say("OUTAGE|pas@1", 60, 0);
        publish(published);

        assertThat(published).containsEntry("OUTAGE|pas@1", ImpactCounts.ZERO);
        assertThat(content(partials)).isEmpty();
        assertThat(content(tallies).get("OUTAGE|pas@1")).isEqualTo(new CellTally(counts(0), counts(0), null));
    }

    @Test
    void aRepeatChangesNothing() {
        say("ALL", 1, 5);
        say("ALL", 1, 5);

        assertThat(tallies.get("ALL").sum()).isEqualTo(counts(5));
    }

    private void say(String cell, int partition, long number) {
        said.put(partition + " " + cell, counts(number));
        counter.process(new Record<>(cell, new Partial.CellCount(partition, counts(number)), NOON));
    }

    private static ImpactCounts counts(long number) {
        return new ImpactCounts(number, 0, 0, 0, 0, 0, 0, 3 * number);
    }

    private Map<String, ImpactCounts> recount() {
        Map<String, ImpactCounts> sums = new HashMap<>();
        said.forEach((row, counts) -> sums.merge(row.substring(row.indexOf(' ') + 1), counts, ImpactCounts::plus));
        return sums;
    }

    /** Lets the timer run and adds what is sent. */
    private void publish(Map<String, ImpactCounts> published) {
        var timers = context.scheduledPunctuators();
        timers.get(timers.size() - 1).getPunctuator().punctuate(NOON);
        context.forwarded(Names.TO_IMPACT_COUNTS)
                .forEach(forward -> published.put(
                        (String) forward.record().key(),
                        ((CellCounts) forward.record().value()).counts()));
        context.resetForwards();
    }
}
