package org.knockon.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.SharedSandbox;

@ExtendWith(SharedSandbox.class)
class CommittedReaderIT {

    private final TransactionalTopic topics;

    CommittedReaderIT(Sandbox sandbox) {
        topics = new TransactionalTopic(sandbox.bootstrapServers());
    }

    @Test
    void readsCommittedRecordsOfAllPartitionsFromTheBeginning() throws Exception {
        topics.create("committed.one", 2);
        topics.create("committed.two", 1);
        topics.commit("committed.one", 0, "a", "b");
        topics.abort("committed.one", 0, "aborted");
        topics.commit("committed.one", 1, "c");
        topics.commit("committed.two", 0, "d");

        try (CommittedReader reader = reader("committed.one", "committed.two")) {
            assertThat(reader.partitions()).hasSize(3);
            assertThat(readToEnd(reader)).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(reader.reached(reader.ends())).isTrue();
            assertThat(readToEnd(reader)).as("read again").isEmpty();

            topics.commit("committed.one", 0, "e");
            assertThat(reader.reached(reader.ends())).isFalse();
            assertThat(readToEnd(reader)).containsExactly("e");
        }
    }

    @Test
    void stopsBeforeAnOpenTransaction() throws Exception {
        topics.create("open", 1);
        topics.commit("open", 0, "a");
        topics.whileOpen("open", 0, List.of("pending"), () -> {
            try (CommittedReader reader = reader("open")) {
                assertThat(readToEnd(reader)).containsExactly("a");
            }
        });
    }

    @Test
    void joinsNoGroupAndIgnoresGroupSettingsOfTheClient() throws Exception {
        topics.create("groupless", 1);
        topics.commit("groupless", 0, "a");
        Map<String, Object> client = new HashMap<>(topics.client());
        client.put("group.id", "must-not-appear");
        client.put("group.instance.id", "must-not-appear-1");
        client.put("isolation.level", "read_uncommitted");
        client.put("auto.offset.reset", "latest");

        try (CommittedReader reader = new CommittedReader(client, List.of("groupless"));
                Admin admin = Admin.create(topics.client())) {
            assertThat(readToEnd(reader)).containsExactly("a");
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().equals("must-not-appear"));
        }
    }

    @Test
    void skipsToTheEndAndRereadsFromTheBeginning() throws Exception {
        topics.create("seek", 1);
        topics.commit("seek", 0, "a");

        try (CommittedReader reader = reader("seek")) {
            reader.seekToEnd();
            topics.commit("seek", 0, "b");
            assertThat(readToEnd(reader)).containsExactly("b");

            reader.seekToBeginning(reader.partitions());
            assertThat(readToEnd(reader)).containsExactly("a", "b");
        }
    }

    @Test
    void returnsNothingOfPausedPartitions() throws Exception {
        topics.create("pause", 1);
        topics.commit("pause", 0, "a");

        try (CommittedReader reader = reader("pause")) {
            reader.pause(reader.partitions());
            assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();
            reader.resume(reader.partitions());
            assertThat(readToEnd(reader)).containsExactly("a");
        }
    }

    @Test
    void knowsTheRangeOfEachPartition() throws Exception {
        topics.create("ranges", 2);
        topics.commit("ranges", 1, "a", "b");
        TopicPartition empty = new TopicPartition("ranges", 0);
        TopicPartition full = new TopicPartition("ranges", 1);

        try (CommittedReader reader = reader("ranges")) {
            // Two records and the marker of their transaction.
            assertThat(reader.ranges())
                    .containsOnly(
                            Map.entry(empty, new ReadableRange(empty, 0, 0)),
                            Map.entry(full, new ReadableRange(full, 0, 3)));
            assertThat(reader.ends()).containsOnly(Map.entry(empty, 0L), Map.entry(full, 3L));
        }
    }

    @Test
    void wakesUpFromAnotherThread() throws Exception {
        topics.create("wakeup", 1);

        try (CommittedReader reader = reader("wakeup")) {
            CompletableFuture<Void> waking = CompletableFuture.runAsync(reader::wakeup);
            assertThatThrownBy(() -> reader.poll(Duration.ofSeconds(30))).isInstanceOf(WakeupException.class);
            waking.get();
        }
    }

    @Test
    void namesAMissingTopic() {
        assertThatThrownBy(() -> reader("missing.topic").close())
                .isInstanceOf(MissingTopicException.class)
                .hasMessage("topic missing.topic does not exist");
    }

    private CommittedReader reader(String... names) {
        return new CommittedReader(topics.client(), List.of(names));
    }

    private static List<String> readToEnd(CommittedReader reader) {
        List<String> values = new ArrayList<>();
        reader.readToEnd(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }
}
