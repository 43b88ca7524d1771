package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.knockon.streams.HeapStores.store;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.codec.GoldenBytes;
import org.knockon.streams.codec.StateFormatException;
import org.knockon.streams.task.Names;

/** The bytes of a checkpoint, whose content the module impact writes. */
class StoredCheckpointTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long MINUTE = 60_000;
    private static final MonitoringPolicy POLICY = new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 10 * MINUTE);
    private static final Bytes KEY = SystemKeys.key("pas", Checkpoints.dayOf(NOON), "");

    private final KeyValueStore<Bytes, byte[]> store =
            store(new MockProcessorContext<>(), Names.CHECKPOINTS, Serdes.Bytes(), Serdes.ByteArray());
    private final Checkpoints checkpoints = new Checkpoints(store, 100);

    @Test
    void keepsItsBytes() {
        Detection detection = new Detection("pas", POLICY, 100);
        SystemStatus[] statuses = SystemStatus.values();
        for (int i = 1; i < statuses.length; i++) {
            detection.observe("monitor-" + i, statuses[i], NOON + i * MINUTE, outage -> {});
        }
        checkpoints.put("pas", Checkpoints.dayOf(NOON), detection);

        new GoldenBytes("checkpoint").assertEqualTo(Map.of("four-monitors", store.get(KEY)));
    }

    @Test
    void readsTheCommittedBytes() {
        byte[] golden = new GoldenBytes("checkpoint").bytes("four-monitors");
        store.put(KEY, golden);

        Detection read = checkpoints.before("pas", POLICY, NOON).detection();

        assertThat(read.newest()).isEqualTo(NOON + 4 * MINUTE);
        assertThat(checkpoints.put("pas", Checkpoints.dayOf(NOON), read))
                .as("differs when written again")
                .isFalse();
    }

    @Test
    void refusesThatOfRelease01() {
        store.put(KEY, new byte[] {1, 0, 0, 0});

        assertThatThrownBy(() -> checkpoints.before("pas", POLICY, NOON))
                .isInstanceOf(StateFormatException.class)
                .hasMessage("cannot read a checkpoint of system pas: version 1 where this release reads version 3");
    }
}
