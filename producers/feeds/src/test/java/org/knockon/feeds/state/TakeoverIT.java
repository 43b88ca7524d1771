package org.knockon.feeds.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.feeds.TestTopics;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.FeedPublisher;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.PublisherSettings;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.FeedState;
import org.knockon.schemas.RefusedMessage;
import org.knockon.schemas.Topics;
import org.knockon.server.threads.SupervisedThreads;

/** Publishing and taking over, with a real broker and a real registry. */
@Timeout(180)
class TakeoverIT {

    private static final long NOON = 1_658_235_600_000L;
    private static final List<String> FEEDS = List.of("pas", "am");

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** One instance of the feeds. */
    private record Instance(SupervisedThreads threads, FeedLease lease, FeedPublisher publisher, FeedMemory memory)
            implements AutoCloseable {

        static Instance of(TestTopics topics, Optional<String> exercise) {
            String group = InstanceGroup.name(topics.prefix(), FEEDS);
            SupervisedThreads threads = new SupervisedThreads();
            FeedLease lease = new FeedLease(topics.client(), topics.prefix(), group, threads).start();
            FeedPublisher publisher = new FeedPublisher(
                    new PublisherSettings(topics.client(), topics.prefix(), group, exercise), lease::held, threads);
            FeedMemory memory = new FeedMemory(FEEDS.stream()
                    .map(name -> new FeedMemory.Feed(name, name, false))
                    .toList());
            return new Instance(threads, lease, publisher, memory);
        }

        Instance takeOver(TestTopics topics, Duration within) throws InterruptedException {
            assertThat(lease.awaitHeld(within)).as("has the lease").isTrue();
            publisher.connect();
            new MemoryReader(topics.client(), topics.prefix()).readInto(memory);
            return this;
        }

        Delivery publish(Publication publication) throws Exception {
            return publisher.publish(publication).get(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            threads.closing();
            publisher.close();
            lease.close();
        }
    }

    @Test
    void publishesEverythingOfAMessageWithHeadersAndEventTimes() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "whole.");
        try (Instance instance = Instance.of(topics, Optional.of("drill")).takeOver(topics, Duration.ofSeconds(30))) {
            Observation observation = new Observation("pas", SystemStatus.DOWN, NOON + 5, "am", "PasDown");
            FeedState state = new FeedState.MonitorReports("am", "pas", "{}", NOON);
            RefusedMessage refusal =
                    new RefusedMessage("pas", "missing-slot", "SCH-11", "MSG2", "SIU^S12", 12, "", NOON);

            assertThat(instance.publish(new Publication(
                            "pas",
                            "MSG1",
                            List.of(version(1)),
                            List.of(observation),
                            Optional.empty(),
                            List.of(state),
                            List.of())))
                    .isEqualTo(Delivery.ACKNOWLEDGED);
            assertThat(instance.publish(Publication.refused(refusal))).isEqualTo(Delivery.ACKNOWLEDGED);

            // A commit becomes visible on one partition after the other.
            await().untilAsserted(() -> {
                assertThat(topics.values(Topics.APPOINTMENTS)).containsExactly(version(1));
                assertThat(topics.values(Topics.SYSTEM_HEALTH)).containsExactly(observation);
                assertThat(topics.values(Topics.REFUSALS)).containsExactly(refusal);
                assertThat(topics.values(Topics.FEEDS)).containsExactly(state);
            });
            ConsumerRecord<byte[], byte[]> record =
                    topics.records(Topics.APPOINTMENTS).get(0);
            assertThat(record.timestamp()).isEqualTo(version(1).updatedAt());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("pas/1");
            assertThat(headers(record))
                    .isEqualTo(Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "MSG1",
                            "ce_source", "/feeds/pas",
                            "ce_type", "org.knockon.appointment.v1",
                            "ce_time", "2022-07-19T13:00:00.001Z",
                            "content-type", "application/avro",
                            "exercise", "drill"));
        }
    }

    @Test
    void saysSoonThatTheBrokerIsAwayAndPublishesAgainWhenItIsBack() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "away.");
        try (Instance instance = Instance.of(topics, Optional.empty()).takeOver(topics, Duration.ofSeconds(30))) {
            assertThat(instance.publish(appointment(1))).isEqualTo(Delivery.ACKNOWLEDGED);
            signal("STOP");
            try {
                long begin = System.nanoTime();
                assertThat(instance.publish(appointment(2))).isEqualTo(Delivery.UNAVAILABLE);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
                begin = System.nanoTime();
                assertThat(instance.publish(appointment(3))).isEqualTo(Delivery.UNAVAILABLE);
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("once it is known")
                        .isLessThan(Duration.ofMillis(200));
            } finally {
                signal("CONT");
            }
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> instance.publish(appointment(4)) == Delivery.ACKNOWLEDGED);

            await().untilAsserted(
                            () -> assertThat(topics.values(Topics.APPOINTMENTS)).contains(version(1), version(4)));
        }
    }

    @Test
    void aSecondInstanceWaitsTakesOverAndFencesTheFirst() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "takeover.");
        Instance first = Instance.of(topics, Optional.empty()).takeOver(topics, Duration.ofSeconds(30));
        try (Instance second = Instance.of(topics, Optional.empty())) {
            assertThat(second.lease().awaitHeld(Duration.ofSeconds(6)))
                    .as("must wait")
                    .isFalse();
            assertThat(first.lease().held())
                    .as("keeps the lease while another waits")
                    .isTrue();
            FeedState alert = new FeedState.MonitorReports("am", "pas", "{}", NOON);
            FeedState ended = new FeedState.MonitorReports("am", "portal", "{}", NOON);
            assertThat(first.publish(new Publication(
                            "am",
                            "1",
                            List.of(version(1)),
                            List.of(),
                            Optional.empty(),
                            List.of(alert, ended),
                            List.of())))
                    .isEqualTo(Delivery.ACKNOWLEDGED);
            assertThat(first.publish(new Publication(
                            "am", "2", List.of(), List.of(), Optional.empty(), List.of(), List.of(ended.key()))))
                    .isEqualTo(Delivery.ACKNOWLEDGED);

            long begin = System.nanoTime();
            first.lease().abandon();
            second.takeOver(topics, Duration.ofSeconds(30));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));

            assertThat(second.memory()
                            .appointmentsOf("pas")
                            .of("pas/1")
                            .orElseThrow()
                            .version())
                    .isEqualTo(version(1));
            assertThat(second.memory().states("am", FeedState.MonitorReports.class))
                    .map(FeedState.class::cast)
                    .containsExactly(alert);
            assertThat(first.publish(appointment(2))).isEqualTo(Delivery.UNAVAILABLE);
            assertThat(second.publish(appointment(3))).isEqualTo(Delivery.ACKNOWLEDGED);
            await().untilAsserted(() ->
                    assertThat(topics.values(Topics.APPOINTMENTS)).containsExactlyInAnyOrder(version(1), version(3)));
        } finally {
            first.close();
        }
    }

    /** Even one that believes to be the one that works. */
    @Test
    void theBrokerRefusesAPublisherThatWasReplaced() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "fenced.");
        SupervisedThreads threads = new SupervisedThreads();
        PublisherSettings settings =
                new PublisherSettings(topics.client(), topics.prefix(), "fenced.feeds.x", Optional.empty());
        boolean[] mayReconnect = {true};
        try (FeedPublisher first = new FeedPublisher(settings, () -> mayReconnect[0], threads);
                FeedPublisher second = new FeedPublisher(settings, () -> true, threads)) {
            first.connect();
            assertThat(first.publish(appointment(1)).get(30, TimeUnit.SECONDS)).isEqualTo(Delivery.ACKNOWLEDGED);
            second.connect();

            assertThat(first.publish(appointment(2)).get(30, TimeUnit.SECONDS)).isEqualTo(Delivery.UNAVAILABLE);
            mayReconnect[0] = false;

            assertThat(topics.values(Topics.APPOINTMENTS)).containsExactly(version(1));
            threads.closing();
        }
    }

    @Test
    void publishesForManySendersAtOnce() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "many.");
        try (Instance instance = Instance.of(topics, Optional.empty()).takeOver(topics, Duration.ofSeconds(30))) {
            var deliveries = LongStream.rangeClosed(1, 5_000)
                    .mapToObj(number -> instance.publisher().publish(appointment(number)))
                    .toList();
            for (var delivery : deliveries) {
                assertThat(delivery.get(30, TimeUnit.SECONDS)).isEqualTo(Delivery.ACKNOWLEDGED);
            }

            await().untilAsserted(() ->
                    assertThat(topics.records(Topics.APPOINTMENTS)).hasSize(5_000));
        }
    }

    private static Publication appointment(long number) {
        return new Publication(
                "pas", "MSG" + number, List.of(version(number)), List.of(), Optional.empty(), List.of(), List.of());
    }

    private static AppointmentVersion version(long number) {
        return new AppointmentVersion(
                "pas/" + number,
                number,
                AppointmentStatus.BOOKED,
                null,
                "mri",
                NOON,
                NOON,
                Priority.ROUTINE,
                "",
                null,
                NOON + number,
                null);
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private static void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(sandbox.brokerPid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
