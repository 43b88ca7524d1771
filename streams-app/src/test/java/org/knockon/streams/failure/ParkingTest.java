package org.knockon.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Parked;

/** How many records wait for the catalogue, how long, and which is dropped first. */
class ParkingTest {

    private static final int MOST_RECORDS = 5;
    private static final long MOST_BYTES = 1_000;
    private static final long GRACE = 10;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final KeyValueStore<String, Parked> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("parked"), Serdes.String(), InternalSerdes.PARKED)
            .withLoggingDisabled()
            .build();
    private Parking parking;

    ParkingTest() {
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(1_000);
        parking = newParking();
    }

    private Parking newParking() {
        CatalogueArrival arrival = new CatalogueArrival((topic, partition, wallClock) -> true, 0);
        return new Parking(store, context, "dead", GRACE, arrival, MOST_RECORDS, MOST_BYTES);
    }

    @Test
    void dropsTheOldestBeyondTheLimitOfRecords() {
        for (int offset = 0; offset < 7; offset++) {
            park("name" + offset % 2, offset, 1);
        }
        assertThat(letters()).containsExactly("0", "1");
        assertThat(parking.size()).isEqualTo(MOST_RECORDS);
        assertThat(store.approximateNumEntries()).isEqualTo(MOST_RECORDS);
    }

    @Test
    void dropsTheOldestBeyondTheLimitOfBytes() {
        park("name", 0, 600);
        park("name", 1, 400);
        assertThat(letters()).isEmpty();
        park("name", 2, 1);
        assertThat(letters()).containsExactly("0");
    }

    @Test
    void keepsOrderAndLimitsAcrossARestart() {
        for (int offset = 8; offset < 13; offset++) {
            park(offset % 2 == 0 ? "a" : "b", offset, 1);
        }
        parking = newParking();
        park("c", 13, 1);
        park("a", 14, 1);
        assertThat(letters()).containsExactly("8", "9");
    }

    @Test
    void dropsReleasedRecordsAndExpiresTheRest() {
        park("known", 0, 500);
        park("unknown", 1, 500);
        parking.release("known");
        park("unknown", 2, 500);
        context.setCurrentSystemTimeMs(1_000 + GRACE - 1);
        parking.expire();
        assertThat(letters()).isEmpty();
        context.setCurrentSystemTimeMs(1_000 + GRACE);
        parking.expire();
        parking.expire();
        assertThat(letters()).containsExactly("1", "2");
        assertThat(parking.size()).isZero();
        parking.release("unknown");
    }

    @Test
    void spreadsManyDeadLettersOverSeveralTurns() {
        CatalogueArrival arrival = new CatalogueArrival((topic, partition, wallClock) -> true, 0);
        parking = new Parking(store, context, "dead", GRACE, arrival, 10_000, 1_000_000);
        for (int offset = 0; offset <= Parking.MOST_AT_ONCE; offset++) {
            park("name", offset, 1);
        }
        context.setCurrentSystemTimeMs(1_000 + GRACE);
        parking.expire();
        assertThat(letters()).hasSize(Parking.MOST_AT_ONCE);
        parking.expire();
        assertThat(letters()).hasSize(Parking.MOST_AT_ONCE + 1);
    }

    private void park(String name, long offset, int bytes) {
        context.setRecordMetadata("t", 0, offset);
        parking.park(name, "unknown", new Record<>("key", null, 5), new byte[bytes]);
    }

    /** Offsets of the dead letters. */
    private List<String> letters() {
        return context.forwarded("dead").stream()
                .map(forward -> new String(
                        forward.record()
                                .headers()
                                .lastHeader("__streams.errors.offset")
                                .value(),
                        StandardCharsets.UTF_8))
                .toList();
    }
}
