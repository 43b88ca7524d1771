package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.network.BrokerPort;
import org.knockon.warroom.health.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the streams app from outside, through its consumer group on the broker: on a quiet day the impact topics look
 * the same whether the app is running or has died.
 */
final class PipelineWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatcher.class);
    private static final List<Topic<?>> INPUTS = List.of(Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final int TIMEOUT_MILLIS = 4_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final Object bootstrapServers;
    private final String applicationId;
    private final List<String> topics;
    private final Admin admin;
    private final UnreadRecords unreadRecords;
    private final Map<TopicPartition, Deque<End>> seen = new HashMap<>();
    private final Thread thread;
    private volatile PipelineStatus pipeline = new PipelineStatus(PipelineStatus.State.UNKNOWN, 0);
    private volatile boolean closed;

    PipelineWatcher(Map<String, Object> client, String prefix, String applicationId, SupervisedThreads threads) {
        thread = threads.thread("pipeline", this::watch);
        bootstrapServers = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        this.applicationId = applicationId;
        topics = INPUTS.stream().map(topic -> topic.name(prefix)).toList();
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        admin = Admin.create(config);
        unreadRecords = new UnreadRecords(client);
    }

    void start() {
        thread.start();
    }

    PipelineStatus pipeline() {
        return pipeline;
    }

    private void watch() {
        try {
            while (!closed) {
                pipeline = check();
                Thread.sleep(CHECK_EVERY.toMillis());
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped watching");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private PipelineStatus check() throws InterruptedException {
        try {
            PipelineStatus.State state = state();
            return new PipelineStatus(state, behindSeconds());
        } catch (ExecutionException | KafkaException e) {
            LOG.debug("no response from the broker", e);
            return new PipelineStatus(withoutResponse(e), pipeline.behindSeconds());
        }
    }

    /** On a busy machine the first log-in alone can take longer than a request may. */
    private PipelineStatus.State withoutResponse(Exception failure) {
        boolean slow = isTimeout(failure)
                && BrokerPort.of(bootstrapServers).stream().anyMatch(port -> port.accepts(CONNECT_TIMEOUT));
        return slow ? PipelineStatus.State.SLOW : PipelineStatus.State.UNKNOWN;
    }

    private static boolean isTimeout(Throwable failure) {
        return failure != null && (failure instanceof TimeoutException || isTimeout(failure.getCause()));
    }

    private PipelineStatus.State state() throws ExecutionException, InterruptedException {
        Optional<GroupState> group = admin.listGroups().all().get().stream()
                .filter(listed -> listed.groupId().equals(applicationId))
                .findFirst()
                .flatMap(GroupListing::groupState);
        return switch (group.orElse(GroupState.DEAD)) {
            case STABLE -> PipelineStatus.State.RUNNING;
            case DEAD, EMPTY -> PipelineStatus.State.STOPPED;
            case PREPARING_REBALANCE, COMPLETING_REBALANCE, ASSIGNING, RECONCILING, NOT_READY ->
                PipelineStatus.State.REBALANCING;
            case UNKNOWN -> PipelineStatus.State.UNKNOWN;
        };
    }

    private long behindSeconds() throws ExecutionException, InterruptedException {
        long now = System.nanoTime();
        Map<TopicPartition, Long> ends = ends();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata()
                .get();
        long oldest = now;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata at = committed.get(end.getKey());
            long offset = at == null ? 0 : at.offset();
            Deque<End> samples = seen.computeIfAbsent(end.getKey(), unknown -> new ArrayDeque<>());
            if (samples.isEmpty() || samples.peekLast().offset() < end.getValue()) {
                samples.addLast(new End(end.getValue(), now));
            }
            while (!samples.isEmpty() && samples.peekFirst().offset() <= offset) {
                samples.pollFirst();
            }
            if (!samples.isEmpty() && unreadRecords.exist(end.getKey(), offset, end.getValue())) {
                oldest = Math.min(oldest, samples.peekFirst().since());
            }
        }
        return Duration.ofNanos(now - oldest).toSeconds();
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (var described : admin.describeTopics(topics).allTopicNames().get().values()) {
            described
                    .partitions()
                    .forEach(partition -> latest.put(
                            new TopicPartition(described.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (var end : admin.listOffsets(latest).all().get().entrySet()) {
            ends.put(end.getKey(), end.getValue().offset());
        }
        return ends;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** End offset of a partition, and when it was first observed, nanoseconds. */
    private record End(long offset, long since) {}
}
