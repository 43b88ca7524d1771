package org.knockon.warroom.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.CellCounts;

class RecordChecksTest {

    private static final long NOW = 1_658_245_320_000L;
    private static final String LONG = "x".repeat(2_000);

    private final RecordChecks checks = new RecordChecks(() -> NOW);

    @Test
    void rejectsImpossibleTimes() {
        rejected(() -> checks.counts(new CellCounts(Cell.ALL, ImpactCounts.ZERO, NOW + 1)));
        rejected(() -> checks.counts(new CellCounts(Cell.ALL, ImpactCounts.ZERO, NOW / 1000)));
        rejected(() -> checks.counts(new CellCounts(Cell.ALL, ImpactCounts.ZERO, Long.MIN_VALUE)));
        rejected(() -> RecordChecks.observation(seen("pas", Long.MAX_VALUE, "probe")));
        rejected(() -> outage(Long.MAX_VALUE - 1, Outage.OPEN, NOW));
        rejected(() -> outage(NOW, NOW - 1, NOW));
        rejected(() -> outage(NOW, Outage.OPEN, -1));
        assertThatCode(() -> outage(NOW, Outage.OPEN, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> checks.counts(new CellCounts(Cell.ALL, ImpactCounts.ZERO, NOW)))
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsLongTextsWithoutQuotingThem() {
        rejected(() -> RecordChecks.observation(seen("pas", NOW, LONG)));
        rejected(() -> RecordChecks.observation(seen(LONG, NOW, "probe")));
        rejected(() -> RecordChecks.observation(seen("pas", NOW, null)));
        rejected(() ->
                RecordChecks.system(new MonitoredSystem("pas", LONG, "ORG", "APPLICATION", Set.of(), null, null)));
        rejected(() -> RecordChecks.size("key", new byte[RecordChecks.MAX_VALUE_BYTES + 1]));
        rejected(() -> RecordChecks.size(LONG, null));
    }

    private static void rejected(ThrowingCallable record) {
        assertThatThrownBy(record)
                .isInstanceOf(SerializationException.class)
                .message()
                .satisfies(message -> assertThat(message).doesNotContain("xxx", Long.toString(NOW)));
    }

    private static Observation seen(String system, long at, String monitor) {
        return new Observation(system, SystemStatus.UP, at, monitor, null);
    }

    private static void outage(long from, long to, long confirmed) {
        Outage outage = new Outage("pas", from, to, false, Evidence.OBSERVED, confirmed);
        RecordChecks.outage(outage.id(), new PublishedOutage(outage, List.of(), List.of(), List.of()));
    }
}
