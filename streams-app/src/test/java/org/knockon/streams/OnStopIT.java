package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.sandbox.Sandbox;
import org.knockon.streams.app.KnockonStreams;

/** What the setting {@code on.stop} does to the consumer group of two instances. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class OnStopIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REBALANCES = "kafka_consumer_coordinator_rebalance_total";

    private static Sandbox sandbox;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @BeforeAll
    static void share(Sandbox shared) {
        sandbox = shared;
    }

    @Test
    void anInstanceThatStaysGetsItsPartitionsBackAndNoOtherNoticesItsRestart() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4);
                Admin admin = Admin.create(new HashMap<>(pipeline.client()));
                KnockonStreams other = start(pipeline, "other", "leave")) {
            Map<String, Set<TopicPartition>> before;
            try (KnockonStreams restarted = start(pipeline, "restarted", "stay")) {
                before = await(() -> partitions(group(admin, pipeline)), OnStopIT::isShared);
                awaitRunning(other);
                awaitRunning(restarted);
                before = await(() -> partitions(group(admin, pipeline)), OnStopIT::isShared);
            }
            double rebalances = rebalances(other);
            assertThat(rebalances).isPositive();
            assertThat(partitions(group(admin, pipeline)))
                    .as("members while it is stopped")
                    .isEqualTo(before);

            try (KnockonStreams again = start(pipeline, "restarted", "stay")) {
                awaitRunning(again);
                assertThat(partitions(group(admin, pipeline))).isEqualTo(before);
                assertThat(group(admin, pipeline).groupState()).isEqualTo(GroupState.STABLE);
                assertThat(rebalances(other)).as("rebalances seen by the other").isEqualTo(rebalances);
            }
        }
    }

    @Test
    void instancesThatLeaveMakeRoomAtOnceAndLeaveNobodyBehind() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4);
                Admin admin = Admin.create(new HashMap<>(pipeline.client()))) {
            try (KnockonStreams other = start(pipeline, "other", "leave")) {
                try (KnockonStreams leaving = start(pipeline, "leaving", "leave")) {
                    await(() -> partitions(group(admin, pipeline)), OnStopIT::isShared);
                    awaitRunning(leaving);
                }
                long stopped = System.nanoTime();
                await(() -> instances(group(admin, pipeline)), instances -> instances.size() == 1);
                awaitRunning(other);
                assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                        .as("time to take over, not the 45 s of a session")
                        .isLessThan(Duration.ofSeconds(40));
            }
            ConsumerGroupDescription left = group(admin, pipeline);
            assertThat(left.members()).isEmpty();
            assertThat(left.groupState()).isEqualTo(GroupState.EMPTY);
        }
    }

    private KnockonStreams start(RealPipeline pipeline, String name, String onStop) {
        return KnockonStreams.start(pipeline.settings(
                Map.of("on.stop", onStop, "state.dir", folder.resolve(name).toString(), "http.port", "0")));
    }

    private static ConsumerGroupDescription group(Admin admin, RealPipeline pipeline) throws Exception {
        String id = pipeline.settings(Map.of()).applicationId();
        return admin.describeConsumerGroups(List.of(id)).all().get().get(id);
    }

    /** By the name of the member, which is that of the instance and the number of the thread. */
    private static Map<String, Set<TopicPartition>> partitions(ConsumerGroupDescription group) {
        return group.members().stream()
                .collect(Collectors.toMap(
                        OnStopIT::name, member -> member.assignment().topicPartitions(), (a, b) -> b, TreeMap::new));
    }

    private static Set<String> instances(ConsumerGroupDescription group) {
        return group.members().stream()
                .map(member -> name(member).replaceFirst("-\\d+$", ""))
                .collect(Collectors.toSet());
    }

    private static String name(MemberDescription member) {
        return member.groupInstanceId().orElseThrow();
    }

    /** Two instances of two threads each, and every thread has work. */
    private static boolean isShared(Map<String, Set<TopicPartition>> partitions) {
        return partitions.size() == 4 && partitions.values().stream().noneMatch(Set::isEmpty);
    }

    private double rebalances(KnockonStreams app) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + app.httpPort().orElseThrow() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(REBALANCES))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void awaitRunning(KnockonStreams app) throws Exception {
        await(app::state, state -> state == KafkaStreams.State.RUNNING);
    }

    private static <T> T await(Callable<T> value, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T now = value.call();
        while (!wanted.test(now)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still " + now);
            }
            Thread.sleep(100);
            now = value.call();
        }
        return now;
    }
}
