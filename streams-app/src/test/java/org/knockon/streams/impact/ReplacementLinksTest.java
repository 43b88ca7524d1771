package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;
import static org.knockon.streams.HeapStores.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.TimeBudget;

class ReplacementLinksTest {

    /** The last one sorts last in UTF-8; in UTF-16, as Java compares strings, the one before it does. */
    private static final List<String> IDS = List.of("a", "a\0", "ab", "b", "\uff5e", "\ud83c\udfe5");

    private static final TimeBudget UNLIMITED = new TimeBudget(Long.MAX_VALUE / 2);

    private final KeyValueStore<Bytes, Replacement> store =
            store(new MockProcessorContext<>(), Names.REPLACEMENTS, Serdes.Bytes(), InternalSerdes.REPLACEMENT);
    private final ReplacementLinks links = new ReplacementLinks(store);

    @Test
    void findsTheCurrentReplacementAfterAnyChange() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, Map<String, Replacement>> candidates = new HashMap<>();
            Map<String, Replacement> best = new HashMap<>();
            for (int step = 0; step < 200; step++) {
                String replacedId = random.nextBoolean() ? "a" : "aI";
                String id = IDS.get(random.nextInt(IDS.size()));
                Replacement current = random.nextInt(3) == 0
                        ? null
                        : new Replacement(
                                id,
                                random.nextInt(4) == 0 ? AppointmentStatus.ENTERED_IN_ERROR : AppointmentStatus.BOOKED,
                                null,
                                random.nextInt(3),
                                random.nextInt(4) - 2);
                Map<String, Replacement> known = candidates.computeIfAbsent(replacedId, any -> new HashMap<>());
                known.remove(id);
                if (current != null && current.status() != AppointmentStatus.ENTERED_IN_ERROR) {
                    known.put(id, current);
                }

                Replacement found = links.change(replacedId, id, current, best.get(replacedId));
                best.put(replacedId, found);

                assertThat(found)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(known.values().stream()
                                .max(Comparator.comparingLong(Replacement::updatedAt)
                                        .thenComparing(Replacement::appointmentId))
                                .orElse(null));
                assertThat(content(store))
                        .hasSize(2
                                * candidates.values().stream()
                                        .mapToInt(Map::size)
                                        .sum());
            }
            assertThat(links.drop("a", UNLIMITED)).isTrue();
            assertThat(content(store))
                    .hasSize(2 * candidates.getOrDefault("aI", Map.of()).size());
            assertThat(links.drop("aI", UNLIMITED)).isTrue();
            assertThat(content(store)).isEmpty();
        }
    }

    @Test
    void dropsOverSeveralTurns() {
        for (int i = 0; i < 3; i++) {
            Replacement replacement = new Replacement("b" + i, AppointmentStatus.BOOKED, null, 0, i);
            links.change("a", replacement.appointmentId(), replacement, null);
        }
        TimeBudget spent = new TimeBudget(0);

        assertThat(links.drop("a", spent)).isFalse();
        assertThat(content(store)).hasSize(4);
        assertThat(links.drop("a", spent)).isFalse();
        assertThat(links.drop("a", spent)).isTrue();
        assertThat(content(store)).isEmpty();
        assertThat(links.drop("a", spent)).isTrue();
    }
}
