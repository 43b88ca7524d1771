package org.knockon.streams.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.knockon.schemas.Topics;
import org.knockon.streams.task.Activity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects when the pipeline has nothing left to do: every partition it reads is consumed and committed to its end, and
 * no work is pending. Each step of the pipeline writes to a topic that the pipeline reads again, so both must hold in
 * three consecutive checks with unchanged ends.
 */
final class IdleDetector {

    private static final Logger LOG = LoggerFactory.getLogger(IdleDetector.class);
    private static final long CHECK_EVERY_MILLIS = 150;
    private static final int CHECKS = 3;

    private final StreamsAppSettings settings;
    private final Activity activity;
    private final KafkaStreams streams;

    IdleDetector(StreamsAppSettings settings, Activity activity, KafkaStreams streams) {
        this.settings = settings;
        this.activity = activity;
        this.streams = streams;
    }

    boolean await(Duration atMost, Runnable check) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (Admin admin = Admin.create(new HashMap<>(settings.client()))) {
            Progress progress = new Progress(admin, settings);
            Set<TopicPartition> read = partitionsRead(admin);
            Map<TopicPartition, Long> lastEnds = Map.of();
            int idleChecks = 0;
            while (System.nanoTime() - deadline < 0) {
                check.run();
                boolean idle = streams.state() == KafkaStreams.State.RUNNING && activity.pending() == 0;
                Map<TopicPartition, Long> ends = idle ? progress.ends(read) : Map.of();
                boolean stillIdle = ends.size() == read.size() && ends.equals(lastEnds) && consumed(progress, ends);
                idleChecks = stillIdle ? idleChecks + 1 : 0;
                if (idleChecks == CHECKS) {
                    return true;
                }
                lastEnds = ends;
                Thread.sleep(CHECK_EVERY_MILLIS);
            }
            LOG.warn("not idle after {} s: {}", atMost.toSeconds(), outstanding(progress, read));
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot read the progress of the app from the broker: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    private Set<TopicPartition> partitionsRead(Admin admin) throws ExecutionException, InterruptedException {
        String prefix = settings.pipeline().prefix();
        List<String> names = List.of(
                Topics.SYSTEMS.name(prefix),
                Topics.CARE_SERVICES.name(prefix),
                Topics.SYSTEM_HEALTH.name(prefix),
                Topics.APPOINTMENTS.name(prefix),
                Topics.BROADCAST.name(prefix),
                Topics.REPLACES.name(prefix),
                Topics.PARTIALS.name(prefix));
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(names)
                .allTopicNames()
                .get()
                .forEach((name, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        return partitions;
    }

    /** What keeps the app from being idle. */
    private String outstanding(Progress progress, Set<TopicPartition> read)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = progress.ends(read);
        Map<TopicPartition, Long> committed = progress.committed();
        String behind = read.stream()
                .filter(partition -> !ends.containsKey(partition)
                        || !progress.reached(partition, committed.get(partition), ends.get(partition)))
                .map(partition -> partition + " at " + committed.get(partition) + " of " + ends.get(partition))
                .sorted()
                .collect(Collectors.joining(", "));
        return "state " + streams.state() + ", pending " + activity.pending() + ", not read to the end: "
                + (behind.isEmpty() ? "none" : behind);
    }

    private static boolean consumed(Progress progress, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = progress.committed();
        boolean all = true;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            // Checks every partition, because each has to be seen twice without progress.
            all &= progress.reached(end.getKey(), committed.get(end.getKey()), end.getValue());
        }
        return all;
    }
}
