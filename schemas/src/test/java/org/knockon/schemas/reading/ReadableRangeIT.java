package org.knockon.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.SharedSandbox;

/** Offsets in these tests: each transaction appends its records and one marker. */
@ExtendWith(SharedSandbox.class)
class ReadableRangeIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TransactionalTopic topics;

    ReadableRangeIT(Sandbox sandbox) {
        topics = new TransactionalTopic(sandbox.bootstrapServers());
    }

    @Test
    void anEmptyRangeHoldsNothingAndNeedsNoBroker() {
        assertThat(range("nowhere", 5, 5).mayHoldRecord(Map.of(), LIMIT)).isFalse();
    }

    @Test
    void findsACommittedRecord() throws Exception {
        topics.create("range.record", 1);
        topics.commit("range.record", 0, "a");

        assertThat(mayHoldRecord("range.record", 0, 2)).isTrue();
    }

    @Test
    void ignoresMarkersAndAbortedRecords() throws Exception {
        topics.create("range.markers", 1);
        topics.commit("range.markers", 0, "a");
        topics.abort("range.markers", 0, "b");

        assertThat(mayHoldRecord("range.markers", 1, 2))
                .as("marker of a commit")
                .isFalse();
        assertThat(mayHoldRecord("range.markers", 1, 4)).as("aborted record").isFalse();
    }

    @Test
    void ignoresRecordsAfterTheRange() throws Exception {
        topics.create("range.after", 1);
        topics.commit("range.after", 0, "a");
        topics.commit("range.after", 0, "b");

        assertThat(mayHoldRecord("range.after", 1, 2)).isFalse();
        assertThat(mayHoldRecord("range.after", 1, 3)).isTrue();
    }

    @Test
    void startsAtTheFirstRecordThatStillExists() throws Exception {
        topics.create("range.deleted", 1);
        topics.commit("range.deleted", 0, "a");
        topics.commit("range.deleted", 0, "b");
        try (Admin admin = Admin.create(topics.client())) {
            admin.deleteRecords(Map.of(new TopicPartition("range.deleted", 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }

        assertThat(mayHoldRecord("range.deleted", 0, 2)).isFalse();
        assertThat(mayHoldRecord("range.deleted", 0, 4)).isTrue();
    }

    @Test
    void assumesThatAnOpenTransactionCommits() throws Exception {
        topics.create("range.open", 1);
        topics.whileOpen(
                "range.open",
                0,
                List.of("pending"),
                () -> assertThat(range("range.open", 0, 1).mayHoldRecord(topics.client(), Duration.ofSeconds(1)))
                        .isTrue());
    }

    private boolean mayHoldRecord(String topic, long begin, long end) {
        return range(topic, begin, end).mayHoldRecord(topics.client(), LIMIT);
    }

    private static ReadableRange range(String topic, long begin, long end) {
        return new ReadableRange(new TopicPartition(topic, 0), begin, end);
    }
}
