package org.knockon.streams.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.schemas.Topic;
import org.knockon.streams.task.InputProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the broker, on request of a task, how far a partition has been consumed. */
final class InputProgressWatcher implements InputProgress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputProgressWatcher.class);
    private static final String THREAD = "knockon-input-progress";
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);

    private final String prefix;
    private final Progress progress;
    private final Admin admin;
    private final Set<TopicPartition> wanted = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> consumedAt = new ConcurrentHashMap<>();
    /** Used by the watching thread only. */
    private final Map<TopicPartition, End> awaited = new HashMap<>();

    private final PeriodicThread thread;

    private InputProgressWatcher(StreamsAppSettings settings, Liveness liveness) {
        prefix = settings.pipeline().prefix();
        admin = Admin.create(new HashMap<>(settings.client()));
        progress = new Progress(admin, settings);
        thread = PeriodicThread.start(THREAD, CHECK_EVERY, this::check, liveness);
    }

    static InputProgressWatcher start(StreamsAppSettings settings, Liveness liveness) {
        return new InputProgressWatcher(settings, liveness);
    }

    @Override
    public boolean consumedSince(Topic<?> topic, int partition, long wallClock) {
        TopicPartition whole = new TopicPartition(topic.name(prefix), partition);
        if (consumedAt.getOrDefault(whole, Long.MIN_VALUE) >= wallClock) {
            return true;
        }
        wanted.add(whole);
        return false;
    }

    private void check() throws InterruptedException {
        try {
            checkOnce();
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException | KafkaException e) {
            // Futures also deliver failures of the client's own thread.
            FatalErrors.endProcessIfFatal(THREAD, e);
            LOG.warn("cannot read the progress of the app from the broker, will retry: {}", e.toString());
        }
    }

    /** Keeps an end offset until it is reached: a busy partition would never be consumed up to its newest end. */
    private void checkOnce() throws ExecutionException, InterruptedException {
        Set<TopicPartition> asked = Set.copyOf(wanted);
        if (asked.isEmpty()) {
            return;
        }
        wanted.removeAll(asked);
        long wallClock = System.currentTimeMillis();
        progress.ends(asked.stream()
                        .filter(partition -> !awaited.containsKey(partition))
                        .toList())
                .forEach((partition, end) -> awaited.put(partition, new End(end, wallClock)));
        Map<TopicPartition, Long> committed = progress.committed();
        for (TopicPartition partition : asked) {
            End end = awaited.get(partition);
            if (end != null && progress.reached(partition, committed.get(partition), end.offset)) {
                awaited.remove(partition);
                consumedAt.put(partition, end.wallClock);
            }
        }
    }

    @Override
    public void close() {
        thread.close();
        admin.close(Duration.ofSeconds(1));
    }

    /**
     * The end of a partition.
     *
     * @param wallClock when it was read
     */
    private record End(long offset, long wallClock) {}
}
