package org.knockon.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.task.InputProgress;

class CatalogueArrivalTest {

    private static final int PARTITION = 2;

    /** Wall clock up to which each topic has been consumed. */
    private final Map<Topic<?>, Long> consumed = new HashMap<>();

    private long now;

    private final InputProgress inputProgress = (topic, partition, wallClock) -> {
        assertThat(partition).isEqualTo(topic == Topics.BROADCAST ? PARTITION : 0);
        return consumed.getOrDefault(topic, Long.MIN_VALUE) >= wallClock;
    };
    private final CatalogueArrival arrival = new CatalogueArrival(inputProgress, PARTITION, () -> now);

    @Test
    void waitsForBothTopicsAndThenForTheBroadcast() {
        assertThat(arrival.arrivedSince(100, 110)).isFalse();
        consumed.put(Topics.SYSTEMS, 115L);
        assertThat(arrival.arrivedSince(100, 120))
                .as("care services are missing")
                .isFalse();
        consumed.put(Topics.CARE_SERVICES, 125L);
        consumed.put(Topics.BROADCAST, 125L);
        now = 130;
        assertThat(arrival.arrivedSince(100, 130))
                .as("the last broadcasts may come after that end")
                .isFalse();
        consumed.put(Topics.BROADCAST, 135L);
        assertThat(arrival.arrivedSince(100, 140)).isTrue();
        assertThat(arrival.arrived()).isEqualTo(110);
    }

    @Test
    void doesNotVouchForALaterMoment() {
        consumed.putAll(Map.of(Topics.SYSTEMS, 150L, Topics.CARE_SERVICES, 150L, Topics.BROADCAST, 150L));
        assertThat(arrival.arrivedSince(100, 110)).isTrue();
        assertThat(arrival.arrivedSince(105, 160)).as("already known").isTrue();
        assertThat(arrival.arrivedSince(155, 160)).isFalse();
    }
}
