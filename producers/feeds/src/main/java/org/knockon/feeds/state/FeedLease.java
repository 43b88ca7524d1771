package org.knockon.feeds.state;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.knockon.schemas.Topics;
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of several instances with the same feeds works: the member of their consumer group that has the only
 * partition of {@code internal.feeds}. The others wait. When the one that works ends, another has the partition within
 * {@link #SESSION} and a few seconds.
 *
 * <p>The broker may give the partition to another member when it has not had a sign of life for {@link #SESSION}. So an
 * instance that has no confirmation younger than that must not publish: {@link #held} says so. The fence of the
 * transactional producer covers what happens between asking and sending.
 *
 * <p>Valid: {@code start, awaitHeld, held..., close}. A lease that was lost stays lost.
 */
public final class FeedLease implements AutoCloseable {

    /** After so long without a sign of life, the broker gives the partition to another member. */
    public static final Duration SESSION = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(FeedLease.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(2);
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final int HEARTBEAT_MILLIS = 3_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final LongSupplier nanos;
    private final Thread thread;
    private final CountDownLatch confirmed = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long confirmedAt;
    private volatile boolean holding;
    private volatile boolean lost;
    private volatile boolean closed;
    private volatile KafkaException denied;
    private volatile boolean remain;
    private long askedAt;

    /**
     * @param client settings of Kafka clients
     * @param prefix of every topic
     * @param group of {@link InstanceGroup}
     */
    public FeedLease(Map<String, Object> client, String prefix, String group, SupervisedThreads threads) {
        this(client, prefix, group, threads, System::nanoTime);
    }

    FeedLease(Map<String, Object> client, String prefix, String group, SupervisedThreads threads, LongSupplier nanos) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // With an eager assignor the one that works would lose the partition whenever another begins to wait.
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partition = new TopicPartition(Topics.FEEDS.name(prefix), 0);
        this.nanos = nanos;
        thread = threads.thread("feeds-lease", this::run);
    }

    /** Begins to wait for the partition. */
    public FeedLease start() {
        thread.start();
        return this;
    }

    /**
     * Waits until this instance is the one that works; returns false if it is not after this time.
     *
     * @throws KafkaException if the broker denies the right to it: waiting does not help
     */
    public boolean awaitHeld(Duration atMost) throws InterruptedException {
        boolean held = confirmed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        KafkaException why = denied;
        if (why != null) {
            throw why;
        }
        return held;
    }

    /** Whether this instance is certainly the one that works. */
    public boolean held() {
        return holding && confirmed.getCount() == 0 && nanos.getAsLong() - confirmedAt < SESSION.toNanos();
    }

    /** Whether another instance works now, or may. What was remembered is no longer complete. */
    public boolean lost() {
        return lost;
    }

    private void run() {
        try {
            consumer.subscribe(List.of(partition.topic()), new Assignment());
            while (!closed) {
                consumer.poll(POLL);
                if (holding && nanos.getAsLong() - askedAt >= RENEW_EVERY.toNanos()) {
                    renew();
                }
            }
        } catch (WakeupException closing) {
            LOG.debug("stopped");
        } catch (AuthenticationException | AuthorizationException e) {
            if (confirmed.getCount() == 0) {
                throw e; // The right was taken away from feeds that are open.
            }
            denied = e;
            awaitClose();
        } finally {
            holding = false;
            consumer.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(
                            remain
                                    ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                    : CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    /** A thread that ends by itself counts as a failure of its own. */
    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A commit is accepted only from the member that has the partition, and counts as its sign of life. */
    private void renew() {
        askedAt = nanos.getAsLong();
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), RENEW_WITHIN);
            confirmedAt = askedAt;
            confirmed.countDown();
        } catch (WakeupException | AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            // The broker is away, or the group changes; the next poll says which.
            LOG.debug("not confirmed", e);
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.contains(partition) || lost) {
                return;
            }
            // Records are of no interest here.
            consumer.pause(partitions);
            holding = true;
            askedAt = nanos.getAsLong() - RENEW_EVERY.toNanos();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lose(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lose(partitions);
        }

        private void lose(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
                holding = false;
                lost = true;
            }
        }
    }

    /** Ends as a killed process does: the broker learns of it by silence. For tests. */
    void abandon() {
        remain = true;
        close();
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE.plus(CLOSE).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
