package org.knockon.streams.failure;

import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.task.InputProgress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueArrivalTest {

    private static final int PARTITION = 2;

    /** Up to when each topic has been taken in. */
    private final Map<Topic<?>, Long> takenIn = new HashMap<>();

    private long now;

    private final InputProgress feed = (topic, partition, wallClock) -> {
        assertThat(partition).isEqualTo(topic == Topics.BROADCAST ? PARTITION : 0);
        return takenIn.getOrDefault(topic, Long.MIN_VALUE) >= wallClock;
    };
    private final CatalogueArrival arrival = new CatalogueArrival(feed, PARTITION, () -> now);

    @Test
    void waitsForBothTopicsAndThenForTheBroadcast() {
        assertThat(arrival.arrivedSince(100, 110)).isFalse();
        takenIn.put(Topics.SYSTEMS, 115L);
        assertThat(arrival.arrivedSince(100, 120)).as("services lack").isFalse();
        takenIn.put(Topics.CARE_SERVICES, 125L);
        takenIn.put(Topics.BROADCAST, 125L);
        now = 130;
        assertThat(arrival.arrivedSince(100, 130))
                .as("what was broadcast may stand behind that end")
                .isFalse();
        takenIn.put(Topics.BROADCAST, 135L);
        assertThat(arrival.arrivedSince(100, 140)).isTrue();
        assertThat(arrival.arrived()).isEqualTo(110);
    }

    @Test
    void knowsNothingOfALaterMoment() {
        takenIn.putAll(Map.of(Topics.SYSTEMS, 150L, Topics.CARE_SERVICES, 150L, Topics.BROADCAST, 150L));
        assertThat(arrival.arrivedSince(100, 110)).isTrue();
        assertThat(arrival.arrivedSince(105, 160)).as("known already").isTrue();
        assertThat(arrival.arrivedSince(155, 160)).isFalse();
    }
}
