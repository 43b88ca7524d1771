package org.knockon.streams.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.knockon.schemas.Topics;
import org.knockon.streams.Feed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker, when a detector wants to know, how far its partition has been taken in. */
final class FeedWatch implements Feed, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String topic;
    private final Progress progress;
    private final Admin admin;
    private final Set<Integer> wanted = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> takenInAt = new ConcurrentHashMap<>();
    /** Touched by the looking thread alone. */
    private final Map<Integer, End> awaited = new HashMap<>();

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "knockon-feed-watch");
        thread.setDaemon(true);
        return thread;
    });

    private FeedWatch(StreamsAppSettings settings) {
        topic = Topics.SYSTEM_HEALTH.name(settings.pipeline().prefix());
        admin = Admin.create(new HashMap<>(settings.client()));
        progress = new Progress(admin, settings);
    }

    static FeedWatch start(StreamsAppSettings settings) {
        FeedWatch watch = new FeedWatch(settings);
        watch.looking.scheduleWithFixedDelay(
                watch::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public boolean takenInSince(int partition, long wallClock) {
        if (takenInAt.getOrDefault(partition, Long.MIN_VALUE) >= wallClock) {
            return true;
        }
        wanted.add(partition);
        return false;
    }

    private void look() {
        try {
            lookOnce();
        } catch (ExecutionException | RuntimeException e) {
            // Whatever it was, an executor would never call again after it.
            LOG.warn("cannot ask the broker how far {} has been taken in, will ask again: {}", topic, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An end once asked for is kept until it is reached: a partition that never rests would never be found at its newest. */
    private void lookOnce() throws ExecutionException, InterruptedException {
        Set<Integer> asked = Set.copyOf(wanted);
        if (asked.isEmpty()) {
            return;
        }
        wanted.removeAll(asked);
        long wallClock = System.currentTimeMillis();
        progress.ends(asked.stream()
                        .filter(partition -> !awaited.containsKey(partition))
                        .map(partition -> new TopicPartition(topic, partition))
                        .toList())
                .forEach((partition, end) -> awaited.put(partition.partition(), new End(end, wallClock)));
        Map<TopicPartition, Long> committed = progress.committed();
        for (Integer partition : asked) {
            End end = awaited.get(partition);
            TopicPartition whole = new TopicPartition(topic, partition);
            if (end != null && progress.reached(whole, committed.get(whole), end.offset)) {
                awaited.remove(partition);
                takenInAt.put(partition, end.wallClock);
            }
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }

    /**
     * @param offset where a partition ended
     * @param wallClock when it did
     */
    private record End(long offset, long wallClock) {}
}
