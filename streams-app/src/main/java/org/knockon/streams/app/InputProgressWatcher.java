package org.knockon.streams.app;

import org.knockon.schemas.Topic;
import org.knockon.streams.task.InputProgress;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker, when a task wants to know, how far a partition has been taken in. */
final class InputProgressWatcher implements InputProgress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputProgressWatcher.class);
    private static final String THREAD = "knockon-feed-watch";
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String prefix;
    private final Progress progress;
    private final Admin admin;
    private final Set<TopicPartition> wanted = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> takenInAt = new ConcurrentHashMap<>();
    /** Touched by the looking thread alone. */
    private final Map<TopicPartition, End> awaited = new HashMap<>();

    private final PeriodicThread thread;

    private InputProgressWatcher(StreamsAppSettings settings, Liveness liveness) {
        prefix = settings.pipeline().prefix();
        admin = Admin.create(new HashMap<>(settings.client()));
        progress = new Progress(admin, settings);
        thread = PeriodicThread.start(THREAD, LOOK_EVERY, this::look, liveness);
    }

    static InputProgressWatcher start(StreamsAppSettings settings, Liveness liveness) {
        return new InputProgressWatcher(settings, liveness);
    }

    @Override
    public boolean takenInSince(Topic<?> topic, int partition, long wallClock) {
        TopicPartition whole = new TopicPartition(topic.name(prefix), partition);
        if (takenInAt.getOrDefault(whole, Long.MIN_VALUE) >= wallClock) {
            return true;
        }
        wanted.add(whole);
        return false;
    }

    private void look() throws InterruptedException {
        try {
            lookOnce();
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException | KafkaException e) {
            // What the client's own thread met is passed on by its futures.
            FatalErrors.endProcessIfFatal(THREAD, e);
            LOG.warn("cannot ask the broker for the progress of the app, will ask again: {}", e.toString());
        }
    }

    /** An end once asked for is kept until it is reached: a partition that never rests would never be found at its newest. */
    private void lookOnce() throws ExecutionException, InterruptedException {
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
                takenInAt.put(partition, end.wallClock);
            }
        }
    }

    @Override
    public void close() {
        thread.close();
        admin.close(Duration.ofSeconds(1));
    }

    /**
     * @param offset where a partition ended
     * @param wallClock when it did
     */
    private record End(long offset, long wallClock) {}
}
