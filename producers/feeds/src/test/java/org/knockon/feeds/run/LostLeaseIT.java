package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.TestTopics;
import org.knockon.feeds.mllp.RawSender;
import org.knockon.impact.model.Observation;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.Topics;

/** What happens when the broker gives the lease to somebody else, or to nobody, while the feeds are open. */
@Timeout(240)
class LostLeaseIT {

    private static final Duration HANG = Duration.ofSeconds(25);
    private static final String PROBES = """
              - {name: probes, kind: probe, every: 5s, timeout: 1s, systems: [{id: pacs, tcp: "127.0.0.1:%d"}]}
            """;

    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Feeds whose lease is watched as the command watches it. */
    private static final class Watched implements AutoCloseable {

        final RunningFeeds feeds;
        final AtomicInteger reopened = new AtomicInteger();
        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread thread;

        Watched(RunningFeeds feeds) {
            this.feeds = feeds;
            thread = new Thread(this::watch, "watching-the-lease");
            thread.start();
        }

        private void watch() {
            try {
                while (true) {
                    if (feeds.ingest().reopenIfLost(lines::add)) {
                        reopened.incrementAndGet();
                    }
                    Thread.sleep(200);
                }
            } catch (InterruptedException | IllegalStateException e) {
                return;
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            feeds.close();
        }
    }

    @Test
    void takesTheLeaseAgainWithWhatIsOnTheTopicsAndOnTheSamePorts() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "lost.");
        try (Watched watched = new Watched(RunningFeeds.start(folder, topics, RunningFeeds.FILE))) {
            RunningFeeds feeds = watched.feeds;
            int port = feeds.port("pas");
            accepted(port, SenderMessages.siu("C1", "S12", "A1"));
            assertThat(feeds.send("POST", "/feeds/kuma", SenderMessages.kuma(), Map.of())
                            .statusCode())
                    .isEqualTo(200);

            for (int time = 1; time <= 2; time++) {
                removeMembers(topics);
                int expected = time;
                await().atMost(Duration.ofSeconds(60)).until(() -> watched.reopened.get() == expected);

                accepted(port, SenderMessages.siu("C2-" + time, "S15", "A1"));
                assertThat(feeds.send("POST", "/feeds/am", SenderMessages.alert("firing"), RunningFeeds.ALERTMANAGER)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(feeds.read("/health/ready")).isEqualTo("ready");
                assertThat(feeds.read("/health/live")).isEqualTo("live");
            }

            assertThat(watched.lines).anyMatch(line -> line.contains("receives these feeds again"));
            assertThat(feeds.read("/feeds/pas/messages?controlId=C1"))
                    .as("people may still ask")
                    .contains("published");
            assertThat(feeds.read("/feeds")).as("counts go on").contains("\"name\":\"pas\"");
            assertThat(feeds.read("/metrics")).containsOnlyOnce("knockon_feed_last_message_seconds{feed=\"pas\"}");
            feeds.seeksSecrets(topics);
        }
    }

    @Test
    void whatWasSaidWhileTheBrokerHungHasItsOwnTime() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "hung.");
        try (ServerSocket pacs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Watched watched = new Watched(RunningFeeds.start(
                        folder, topics, RunningFeeds.FILE + PROBES.formatted(pacs.getLocalPort())))) {
            RunningFeeds feeds = watched.feeds;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !observed(topics, "pacs", Instant.EPOCH, Instant.MAX)
                            .isEmpty());
            Instant began;
            Instant ended;
            signal("STOP");
            try {
                began = Instant.now();
                while (Duration.between(began, Instant.now()).compareTo(HANG) < 0) {
                    assertThat(feeds.send("POST", "/feeds/am", SenderMessages.watchdog(), RunningFeeds.ALERTMANAGER)
                                    .statusCode())
                            .isEqualTo(503);
                    Thread.sleep(1_000);
                }
                ended = Instant.now();
            } finally {
                signal("CONT");
            }

            for (String system : List.of("pas", "pacs")) {
                await(system + ": " + watched.lines)
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> !observed(topics, system, began, ended).isEmpty());
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            feeds.send("GET", "/health/ready", null, Map.of()).statusCode() == 200);
            assertThat(feeds.ingest().failure()).isEmpty();
            accepted(feeds.port("pas"), SenderMessages.siu("C1", "S12", "A1"));
        }
    }

    private static void accepted(int port, String message) throws IOException {
        try (RawSender sender = new RawSender(port)) {
            assertThat(sender.sendFrame(message).answer()).contains("MSA|AA|");
        }
    }

    private static List<Observation> observed(TestTopics topics, String system, Instant from, Instant until) {
        return topics.values(Topics.SYSTEM_HEALTH).stream()
                .filter(each -> each.systemId().equals(system))
                .filter(each -> {
                    Instant at = Instant.ofEpochMilli(each.observedAt());
                    return at.isAfter(from) && at.isBefore(until);
                })
                .toList();
    }

    /** As the broker does with members that it has not had a sign of life from. */
    private static void removeMembers(TestTopics topics) throws Exception {
        try (Admin admin = Admin.create(topics.client())) {
            String group = admin.listGroups().all().get().stream()
                    .map(each -> each.groupId())
                    .filter(name -> name.startsWith(topics.prefix()))
                    .findFirst()
                    .orElseThrow();
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    private static void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(sandbox.brokerPid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
