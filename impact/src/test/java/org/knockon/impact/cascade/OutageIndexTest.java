package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/** Compares searches by time with a scan of all outages, for lengths from milliseconds to years. */
class OutageIndexTest {

    private static final long NOW = 1_658_217_600_000L;

    private final Random dice = new Random(7);
    private final OutageIndex index = new OutageIndex();
    private final Set<KnownOutage> all = new HashSet<>();
    private final List<SystemNode> nodes = new ArrayList<>();

    @Test
    void findsTheSameOutagesByTimeAsAFullScan() {
        for (int i = 0; i < 20; i++) {
            nodes.add(new SystemNode("s" + i, i));
        }
        for (int round = 0; round < 3_000; round++) {
            change();
            long from = near();
            long to = dice.nextInt(4) == 0 ? Long.MAX_VALUE : from + 1 + length();

            assertThat(overlapping(from, to)).isEqualTo(expected(from, to, null));
            SystemNode node = nodes.get(dice.nextInt(nodes.size()));
            Set<KnownOutage> ofNode = new HashSet<>();
            node.outages.overlapping(from, to, ofNode::add);
            assertThat(ofNode).isEqualTo(expected(from, to, node));
            assertThat(new HashSet<>(index.endingAfter(from))).isEqualTo(where(known -> known.endedAt() > from));
            assertThat(new HashSet<>(index.startingFrom(from))).isEqualTo(where(known -> known.startedAt() >= from));
            assertThat(node.outages.to())
                    .isEqualTo(where(known -> known.node == node).stream()
                            .mapToLong(KnownOutage::endedAt)
                            .max()
                            .orElse(Long.MIN_VALUE));
            assertThat(index.size()).isEqualTo(all.size());
        }
    }

    private void change() {
        if (dice.nextInt(3) == 0 && !all.isEmpty()) {
            KnownOutage gone = new ArrayList<>(all).get(dice.nextInt(all.size()));
            assertThat(index.remove(gone.node, gone.startedAt())).isSameAs(gone);
            all.remove(gone);
            return;
        }
        long start = near();
        if (dice.nextInt(5) == 0 && !all.isEmpty()) {
            start = all.iterator().next().startedAt();
        }
        long end = dice.nextInt(5) == 0 ? Outage.OPEN : start + 1 + length();
        SystemNode node = nodes.get(dice.nextInt(nodes.size()));
        KnownOutage known = new KnownOutage(node, new Outage(node.id, start, end, false, Evidence.OBSERVED, start));
        all.remove(index.put(known));
        all.add(known);
    }

    private Set<KnownOutage> overlapping(long from, long to) {
        Set<KnownOutage> found = new HashSet<>();
        index.overlapping(from, to, known -> assertThat(found.add(known)).isTrue());
        return found;
    }

    private Set<KnownOutage> expected(long from, long to, SystemNode node) {
        return where(known -> known.startedAt() < to && known.endedAt() > from && (node == null || known.node == node));
    }

    private Set<KnownOutage> where(Predicate<KnownOutage> condition) {
        Set<KnownOutage> found = new HashSet<>();
        all.stream().filter(condition).forEach(found::add);
        return found;
    }

    private long near() {
        return NOW + (dice.nextBoolean() ? 1 : -1) * length();
    }

    /** From milliseconds to some years; each order of magnitude is equally likely. */
    private long length() {
        return dice.nextLong(1L << dice.nextInt(1, 38));
    }
}
