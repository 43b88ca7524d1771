package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.PartitionProgress;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;

/** What the pipeline publishes of its progress, for readers without any right on its inputs or its group. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class ProgressReportIT {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);

    @TempDir
    Path folder;

    @Test
    void reportsEachPartitionOfTheInputsWhileItRuns(Sandbox sandbox) throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(8_100, 2);
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                events.forEach(pipeline::send);
                pipeline.flush();
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
                abortAnObservation(pipeline, events);

                Map<String, Long> ends = ends(pipeline);
                assertThat(ends).hasSize(2 + 2 * PARTITIONS);
                // A record that was aborted and a marker follow the position of one partition, and stay there.
                await("every partition is reported as read to its end", () -> positions(pipeline), ends::equals);
                pipeline.newest(Topics.INPUT_PROGRESS, report -> report)
                        .values()
                        .forEach(report -> {
                            assertThat(report.end()).isEqualTo(report.position());
                            assertThat(report.latestEventAt())
                                    .isEqualTo(app.activity().clock());
                        });

                int reports = pipeline.read(Topics.INPUT_PROGRESS).size();
                await(
                        "reports continue although nothing changes",
                        () -> pipeline.read(Topics.INPUT_PROGRESS).size(),
                        size -> size >= reports + ends.size());
            }
            int reports = pipeline.read(Topics.INPUT_PROGRESS).size();
            Thread.sleep(2 * PartitionProgress.REPORT_INTERVAL.toMillis());
            assertThat(pipeline.read(Topics.INPUT_PROGRESS))
                    .as("a stopped app reports nothing")
                    .hasSize(reports);
        }
    }

    /** One instance of two reports only what it reads. */
    @Test
    void instancesShareTheReports(Sandbox sandbox) throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS);
                KnockonStreams first = KnockonStreams.start(pipeline.settings(state("first")));
                KnockonStreams second = KnockonStreams.start(pipeline.settings(state("second")))) {
            Map<String, Long> ends = ends(pipeline);
            await("all partitions are reported", () -> positions(pipeline), ends::equals);
            assertThat(first.state()).isEqualTo(second.state());
        }
    }

    private Map<String, String> state(String name) {
        return Map.of("state.dir", folder.resolve(name).toString());
    }

    private static void abortAnObservation(RealPipeline pipeline, List<WorldEvent> events) {
        pipeline.abort(
                Topics.SYSTEM_HEALTH,
                events.stream()
                        .filter(WorldEvent.Observed.class::isInstance)
                        .map(WorldEvent.Observed.class::cast)
                        .reduce((before, last) -> last)
                        .orElseThrow());
    }

    private static Map<String, Long> positions(RealPipeline pipeline) {
        return new TreeMap<>(pipeline.newest(Topics.INPUT_PROGRESS, PartitionProgress::position));
    }

    private static Map<String, Long> ends(RealPipeline pipeline) throws Exception {
        String prefix = pipeline.settings(Map.of()).pipeline().prefix();
        List<String> names = INPUTS.stream().map(topic -> topic.name(prefix)).toList();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        Map<String, Long> ends = new TreeMap<>();
        try (Admin admin = Admin.create(new HashMap<>(pipeline.client()))) {
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition -> latest.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            ends.put(partition.toString().substring(prefix.length()), end.offset()));
        }
        return ends;
    }

    private interface Wanted<T> {
        boolean test(T value);
    }

    private static <T> void await(String what, Callable<T> value, Wanted<T> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<T> last = new ArrayList<>();
        while (System.nanoTime() - deadline < 0) {
            T now = value.call();
            if (wanted.test(now)) {
                return;
            }
            last.clear();
            last.add(now);
            Thread.sleep(200);
        }
        throw new AssertionError(what + ", but it is " + last);
    }
}
