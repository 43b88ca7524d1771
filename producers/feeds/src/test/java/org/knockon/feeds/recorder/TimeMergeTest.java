package org.knockon.feeds.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.recorder.TimeMerge.Lane;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.RecordedRecord;

class TimeMergeTest {

    private static final Lane SYSTEMS = new Lane(Topics.SYSTEMS, 0);
    private static final Lane HEALTH = new Lane(Topics.SYSTEM_HEALTH, 0);
    private static final Lane BOOKED_0 = new Lane(Topics.APPOINTMENTS, 0);
    private static final Lane BOOKED_1 = new Lane(Topics.APPOINTMENTS, 1);

    private final TimeMerge merge = new TimeMerge(List.of(BOOKED_1, BOOKED_0, HEALTH, SYSTEMS));

    @Test
    void theCatalogueComesFirstThenTimeThenTopicAndPartition() {
        merge.add(record(BOOKED_1, 0, 10));
        merge.add(record(BOOKED_0, 0, 10));
        merge.add(record(HEALTH, 0, 10));
        merge.add(record(HEALTH, 1, 20));
        merge.add(record(BOOKED_0, 1, 5));
        merge.add(record(SYSTEMS, 0, 99));
        List.of(BOOKED_1, BOOKED_0, HEALTH, SYSTEMS).forEach(lane -> merge.ended(lane, true));

        assertThat(rest())
                .containsExactly(
                        "systems-0@0",
                        "system-health-0@0",
                        "appointments-0@0",
                        // Late when it was written, and late here.
                        "appointments-0@1",
                        "appointments-1@0",
                        "system-health-0@1");
    }

    @Test
    void waitsForAPartitionThatMayHaveAnOlderRecord() {
        List.of(SYSTEMS, BOOKED_0).forEach(lane -> merge.ended(lane, true));
        merge.add(record(HEALTH, 0, 10));

        assertThat(rest()).isEmpty();
        merge.add(record(BOOKED_1, 0, 5));
        assertThat(rest()).containsExactly("appointments-1@0");
        merge.ended(BOOKED_1, true);
        assertThat(rest()).containsExactly("system-health-0@0");
    }

    @Test
    void aPartitionThatContinuesIsWaitedForAgain() {
        List.of(SYSTEMS, BOOKED_0, BOOKED_1, HEALTH).forEach(lane -> merge.ended(lane, true));
        assertThat(rest()).isEmpty();

        merge.ended(HEALTH, false);
        merge.add(record(BOOKED_0, 0, 10));

        assertThat(rest()).isEmpty();
        merge.add(record(HEALTH, 0, 9));
        assertThat(rest()).containsExactly("system-health-0@0");
    }

    @Test
    void isFullBeforeAPartitionFillsTheMemory() {
        byte[] value = new byte[100_000];
        int added = 0;
        while (!merge.full(HEALTH)) {
            merge.add(new RecordedRecord(Topics.SYSTEM_HEALTH, 0, added++, 1, null, value, new RecordHeaders()));
        }

        assertThat(added).isBetween(10, 11);
        assertThat(merge.full(BOOKED_0)).isFalse();
        List.of(SYSTEMS, BOOKED_0, BOOKED_1).forEach(lane -> merge.ended(lane, true));
        merge.next();
        assertThat(merge.full(HEALTH)).isFalse();
    }

    /** Whatever order the broker delivers them in, as long as each partition keeps its own. */
    @Test
    void theOrderDoesNotDependOnWhenTheRecordsArrive() {
        List<RecordedRecord> all = new ArrayList<>();
        Random random = new Random(13);
        for (Lane lane : List.of(SYSTEMS, HEALTH, BOOKED_0, BOOKED_1)) {
            for (int offset = 0; offset < 50; offset++) {
                all.add(record(lane, offset, random.nextInt(100)));
            }
        }
        List<String> expected = merged(all, new Random(0));
        assertThat(expected).hasSize(200);
        for (int seed = 1; seed < 50; seed++) {
            assertThat(merged(all, new Random(seed))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static List<String> merged(List<RecordedRecord> all, Random random) {
        List<Lane> lanes = List.of(SYSTEMS, HEALTH, BOOKED_0, BOOKED_1);
        TimeMerge merge = new TimeMerge(lanes);
        List<String> merged = new ArrayList<>();
        List<RecordedRecord> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            Lane lane = lanes.get(random.nextInt(lanes.size()));
            left.stream()
                    .filter(record -> lane.equals(new Lane(record.topic(), record.partition())))
                    .min(Comparator.comparingLong(RecordedRecord::offset))
                    .ifPresent(record -> {
                        left.remove(record);
                        merge.add(record);
                    });
            rest(merge, merged);
        }
        lanes.forEach(lane -> merge.ended(lane, true));
        rest(merge, merged);
        return merged;
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        rest(merge, rest);
        return rest;
    }

    private static void rest(TimeMerge merge, List<String> to) {
        for (Optional<RecordedRecord> next = merge.next(); next.isPresent(); next = merge.next()) {
            RecordedRecord record = next.get();
            to.add(record.topic().shortName() + "-" + record.partition() + "@" + record.offset());
        }
    }

    private static RecordedRecord record(Lane lane, long offset, long timestamp) {
        Topic<?> topic = lane.topic();
        return new RecordedRecord(topic, lane.partition(), offset, timestamp, null, null, new RecordHeaders());
    }
}
