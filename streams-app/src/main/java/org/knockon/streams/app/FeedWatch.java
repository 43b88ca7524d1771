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
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "knockon-feed-watch");
        thread.setDaemon(true);
        return thread;
    });

    private FeedWatch(StreamsAppSettings settings) {
        topic = Topics.SYSTEM_HEALTH.name(settings.pipeline().prefix());
        admin = Admin.create(new HashMap<>(settings.client()));
        progress = new Progress(admin, settings.applicationId());
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
        Set<Integer> asked = Set.copyOf(wanted);
        if (asked.isEmpty()) {
            return;
        }
        wanted.removeAll(asked);
        long wallClock = System.currentTimeMillis();
        try {
            Map<TopicPartition, Long> ends = progress.ends(asked.stream()
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList());
            Map<TopicPartition, Long> taken = progress.committed();
            ends.forEach((partition, end) -> {
                if (Progress.reached(taken.get(partition), end)) {
                    takenInAt.put(partition.partition(), wallClock);
                }
            });
        } catch (ExecutionException e) {
            LOG.debug("cannot ask the broker how far {} has been taken in, will ask again", topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
