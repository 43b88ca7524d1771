package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;

/** The topics that a replay writes: those of the events, which must exist, and its progress topic, which it creates. */
final class ReplayTopics {
    static final List<Topic<?>> EVENTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    private static final int VISIBLE_ATTEMPTS = 100;
    private static final long VISIBLE_PAUSE_MILLIS = 100;

    private ReplayTopics() {}

    /** Compacted, one partition, keyed by run. Starts with {@code internal.} because it is not meant for readers. */
    static String progress(ReplaySettings settings) {
        return settings.topicPrefix() + "internal.replay-progress";
    }

    /** Names of all topics that a replay writes. */
    static List<String> written(ReplaySettings settings) {
        return Stream.concat(
                        EVENTS.stream().map(topic -> topic.name(settings.topicPrefix())), Stream.of(progress(settings)))
                .toList();
    }

    /** @throws ReplayException if topics are missing or the broker does not respond */
    static void prepare(ReplaySettings settings) {
        try (Admin admin = Admin.create(settings.client())) {
            List<String> inputs = EVENTS.stream()
                    .map(topic -> topic.name(settings.topicPrefix()))
                    .toList();
            List<String> missing = missing(admin, inputs);
            if (!missing.isEmpty()) {
                throw new ReplayException("topics are missing: " + String.join(", ", missing)
                        + "; create them with 'knockon topics create --prefix " + settings.topicPrefix() + "'");
            }
            createProgress(admin, settings);
        } catch (ExecutionException e) {
            throw new ReplayException(
                    "the broker could not prepare the replay: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted before the replay started", e);
        }
    }

    private static List<String> missing(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (var described : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                described.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(described.getKey());
            }
        }
        return missing;
    }

    private static void createProgress(Admin admin, ReplaySettings settings)
            throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(progress(settings), Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        // Not every broker knows a new topic immediately.
        for (int attempt = 0; attempt < VISIBLE_ATTEMPTS; attempt++) {
            if (missing(admin, List.of(topic.name())).isEmpty()) {
                return;
            }
            Thread.sleep(VISIBLE_PAUSE_MILLIS);
        }
        throw new ReplayException("topic " + topic.name() + " was created, but the broker does not show it");
    }

    /**
     * The newest committed checkpoint. Call it after the producer has initialised its transactions: by then the broker
     * has completed or aborted the transaction of an earlier process, and no earlier process can commit again.
     */
    static Optional<Checkpoint> lastCheckpoint(ReplaySettings settings) {
        byte[] run = settings.run().getBytes(StandardCharsets.UTF_8);
        AtomicReference<Optional<Checkpoint>> last = new AtomicReference<>(Optional.empty());
        try (CommittedReader reader = new CommittedReader(settings.client(), List.of(progress(settings)))) {
            reader.readToEnd(record -> {
                if (Arrays.equals(run, record.key()) && record.value() != null) {
                    last.set(Checkpoint.read(record.value()));
                }
            });
        }
        return last.get();
    }
}
