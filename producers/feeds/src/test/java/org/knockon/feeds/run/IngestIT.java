package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.TestTopics;
import org.knockon.feeds.mllp.RawSender;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.RefusedMessage;
import org.knockon.schemas.Topics;

/** The running feeds, with a real broker, a real registry and senders over sockets. */
@Timeout(180)
class IngestIT {

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

    @Test
    void anHl7MessageIsAnsweredWhenItsRecordIsOnTheTopic() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "hl7.");
        try (RunningFeeds feeds = RunningFeeds.start(folder, topics, RunningFeeds.FILE);
                HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation())) {
            Connection connection = context.newClient("127.0.0.1", feeds.port("pas"), false);

            assertThat(send(context, connection, SenderMessages.siu("C1", "S12", "A1001")))
                    .isEqualTo("AA C1");
            AppointmentVersion booked = topics.values(Topics.APPOINTMENTS).get(0);
            assertThat(booked.appointmentId()).isEqualTo("pas/A1001");
            assertThat(booked.status()).isEqualTo(AppointmentStatus.BOOKED);
            assertThat(booked.serviceId()).isEqualTo("mri");
            assertThat(booked.slotStart())
                    .isEqualTo(Instant.parse("2026-03-10T09:30:00Z").toEpochMilli());
            assertThat(booked.patientRef()).matches("p-[0-9a-f]{16}");

            assertThat(send(context, connection, SenderMessages.siu("C1", "S12", "A1001")))
                    .as("the same again")
                    .isEqualTo("AA C1");
            assertThat(send(context, connection, SenderMessages.siu("C2", "S15", "A1001")))
                    .isEqualTo("AA C2");
            assertThat(send(context, connection, SenderMessages.siu("C3", "S12", "")))
                    .as("without an id")
                    .isEqualTo("AE C3");

            assertThat(topics.values(Topics.APPOINTMENTS))
                    .extracting(AppointmentVersion::status)
                    .containsExactly(AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED);
            assertThat(topics.values(Topics.REFUSALS)).singleElement().satisfies(refused -> {
                assertThat(refused.feed()).isEqualTo("pas");
                assertThat(refused.reason()).isEqualTo("missing-id");
                assertThat(refused.controlId()).isEqualTo("C3");
                assertThat(refused.digest()).matches("[0-9a-f]{64}");
            });
            assertThat(feeds.read("/feeds"))
                    .contains("\"published\":2", "\"duplicate\":1", "\"refused\":1", "\"missing-id\":1")
                    .contains("\"connections\":1");
            assertThat(feeds.read("/metrics"))
                    .contains("knockon_feed_messages_total{feed=\"pas\",outcome=\"published\"} 2")
                    .contains("knockon_feed_answer_seconds_count{feed=\"pas\"} 4")
                    .contains("knockon_feed_last_message_seconds{feed=\"pas\"}")
                    .contains("knockon_ingest_ready 1");
            assertThat(feeds.read("/feeds/pas/messages?controlId=C2"))
                    .contains("\"outcome\":\"published\"", "\"key\":\"pas/A1001\"", "\"status\":\"CANCELLED\"");
            assertThat(feeds.read("/feeds/pas/messages?controlId=C3"))
                    .contains("\"reason\":\"missing-id\"", "\"events\":[]");
            feeds.seeksSecrets(topics);
        }
    }

    @Test
    void withoutKafkaThereIsNoAnswerAndAReset() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "reset.");
        ExecutorService senders = Executors.newFixedThreadPool(2);
        try (RunningFeeds feeds = RunningFeeds.start(folder, topics, RunningFeeds.FILE)) {
            signal("STOP");
            try (RawSender sender = new RawSender(feeds.port("pas"))) {
                // All at once: each waits for seconds, and after a pause of ten the broker would end the lease.
                Future<HttpResponse<String>> alert = senders.submit(() ->
                        feeds.send("POST", "/feeds/am", SenderMessages.alert("firing"), RunningFeeds.ALERTMANAGER));
                Future<HttpResponse<String>> appointment = senders.submit(() -> feeds.send(
                        "PUT", "/feeds/ers/Appointment/7", SenderMessages.appointment("7"), RunningFeeds.ERS));
                sender.send("\u000b" + SenderMessages.siu("C1", "S12", "A1") + "\u001c\r")
                        .seesReset();

                assertThat(alert.get().statusCode()).isEqualTo(503);
                assertThat(alert.get().headers().firstValue("Retry-After")).contains("5");
                assertThat(appointment.get().statusCode()).isEqualTo(503);
                await().atMost(Duration.ofSeconds(20)).until(() -> status(feeds, "/health/ready") == 503);
                assertThat(status(feeds, "/health/live")).isEqualTo(200);
            } finally {
                signal("CONT");
                senders.shutdownNow();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> status(feeds, "/health/ready") == 200);
            try (RawSender sender = new RawSender(feeds.port("pas"))) {
                assertThat(sender.send("\u000b" + SenderMessages.siu("C1", "S12", "A1") + "\u001c\r")
                                .answer())
                        .contains("MSA|AA|C1");
            }
            assertThat(topics.values(Topics.APPOINTMENTS))
                    .as("what was sent again is there, whether or not the first attempt is too")
                    .extracting(AppointmentVersion::appointmentId)
                    .contains("pas/A1");
            assertThat(feeds.read("/feeds")).contains("\"unavailable\":");
        }
    }

    /** The alert was refused with 503 and is not sent again, as a heartbeat would be: it is published with its own time. */
    @Test
    void whatAMonitorSaysWithoutKafkaIsPublishedLate() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "late.");
        try (RunningFeeds feeds = RunningFeeds.start(folder, topics, RunningFeeds.FILE)) {
            signal("STOP");
            try {
                assertThat(feeds.send("POST", "/feeds/am", SenderMessages.watchdog(), RunningFeeds.ALERTMANAGER)
                                .statusCode())
                        .isEqualTo(503);
            } finally {
                signal("CONT");
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(topics.values(Topics.SYSTEM_HEALTH))
                            .extracting(Observation::systemId, Observation::status)
                            .contains(tuple("pas", SystemStatus.UP)));
        }
    }

    @Test
    void alertsAndAppointmentsComeOverHttp() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "http.");
        try (RunningFeeds feeds = RunningFeeds.start(folder, topics, RunningFeeds.FILE)) {
            HttpResponse<String> alert =
                    feeds.send("POST", "/feeds/am", SenderMessages.alert("firing"), RunningFeeds.ALERTMANAGER);
            assertThat(alert.statusCode()).as(alert.body()).isEqualTo(200);
            assertThat(alert.body()).isEqualTo("{\"outcome\":\"published\"}");
            assertThat(topics.values(Topics.SYSTEM_HEALTH)).singleElement().satisfies(seen -> {
                assertThat(seen.systemId()).isEqualTo("pas");
                assertThat(seen.status()).isEqualTo(SystemStatus.DOWN);
                assertThat(seen.monitor()).isEqualTo("am");
                assertThat(seen.detail()).isEqualTo("PasDown");
            });

            HttpResponse<String> created =
                    feeds.send("PUT", "/feeds/ers/Appointment/7", SenderMessages.appointment("7"), RunningFeeds.ERS);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).contains("/feeds/ers/Appointment/7");
            assertThat(feeds.send("PUT", "/feeds/ers/Appointment/7", SenderMessages.appointment("7"), RunningFeeds.ERS)
                            .statusCode())
                    .as("the same again")
                    .isEqualTo(200);
            assertThat(topics.values(Topics.APPOINTMENTS)).singleElement().satisfies(version -> {
                assertThat(version.appointmentId()).isEqualTo("ers/7");
                assertThat(version.serviceId()).isEqualTo("cardiology");
                assertThat(version.patientRef()).matches("p-[0-9a-f]{16}");
            });
            HttpResponse<String> refused = feeds.send(
                    "PUT",
                    "/feeds/ers/Appointment/8",
                    SenderMessages.appointment("8").replace("booked", "resting"),
                    RunningFeeds.ERS);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("bad-status").doesNotContain("resting", SenderMessages.SECRET_NAME);
            assertThat(feeds.send("GET", "/feeds/ers/metadata", null, RunningFeeds.ERS)
                            .body())
                    .contains("CapabilityStatement");

            assertThat(post(feeds, "kuma", SenderMessages.kuma())).isEqualTo(200);
            assertThat(post(feeds, "icinga", SenderMessages.icinga())).isEqualTo(200);
            assertThat(feeds.send(
                                    "POST",
                                    "/feeds/events",
                                    SenderMessages.event(),
                                    Map.of("Content-Type", "application/cloudevents+json"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(topics.values(Topics.SYSTEM_HEALTH))
                    .extracting(Observation::systemId)
                    .contains("pas", "portal", "pacs", "ris");
            await("the last state of a monitor that speaks on change is repeated")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> topics.values(Topics.SYSTEM_HEALTH).stream()
                                    .filter(seen -> seen.systemId().equals("portal"))
                                    .count()
                            >= 2);
            assertThat(topics.values(Topics.REFUSALS))
                    .extracting(RefusedMessage::reason)
                    .containsExactly("bad-status");
            feeds.seeksSecrets(topics);
        }
    }

    @Test
    void refusesWhatHasNoLoginOrIsTooLarge() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "limits.");
        try (RunningFeeds feeds = RunningFeeds.start(folder, topics, RunningFeeds.FILE)) {
            HttpResponse<String> none = feeds.send("POST", "/feeds/am", SenderMessages.alert("firing"), Map.of());
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"Knock-on feeds\"");
            assertThat(feeds.send(
                                    "POST",
                                    "/feeds/am",
                                    SenderMessages.alert("firing"),
                                    Map.of("Authorization", "Bearer other"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(feeds.send(
                                    "PUT",
                                    "/feeds/ers/Appointment/7",
                                    SenderMessages.appointment("7"),
                                    RunningFeeds.ALERTMANAGER)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(feeds.send("GET", "/feeds", null, Map.of()).statusCode()).isEqualTo(401);
            assertThat(feeds.send("GET", "/metrics", null, Map.of()).statusCode())
                    .isEqualTo(401);
            assertThat(feeds.send("POST", "/feeds/none", "{}", Map.of()).statusCode())
                    .isEqualTo(404);
            assertThat(feeds.send("GET", "/feeds/kuma", null, Map.of()).statusCode())
                    .isEqualTo(405);
            assertThat(feeds.send("POST", "/feeds/kuma", "{}", Map.of("Origin", "https://page.example"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(feeds, "kuma", "[".repeat(200))).isEqualTo(400);
            assertThat(post(feeds, "kuma", " ".repeat(5 * 1024 * 1024 + 1))).isEqualTo(413);
            assertThat(feeds.gzip("kuma", SenderMessages.kuma())).isEqualTo(200);
            assertThat(feeds.gzip("kuma", " ".repeat(6 * 1024 * 1024))).isEqualTo(413);
            assertThat(feeds.send("POST", "/feeds/kuma", "", Map.of("Content-Encoding", "gzip"))
                            .statusCode())
                    .as("a packed body that is cut off")
                    .isEqualTo(400);
            for (int i = 0; i < 50; i++) {
                feeds.send("POST", "/feeds/am", "{}", Map.of("Authorization", "Bearer guess" + i));
            }
            assertThat(feeds.send("POST", "/feeds/am", SenderMessages.alert("firing"), RunningFeeds.ALERTMANAGER)
                            .statusCode())
                    .as("after 50 wrong tokens")
                    .isEqualTo(503);
            await().untilAsserted(() -> assertThat(topics.values(Topics.REFUSALS))
                    .extracting(RefusedMessage::reason)
                    .contains("unauthorised", "too-large", "too-deep"));
            feeds.seeksSecrets(topics);
        }
    }

    @Test
    void asSoonAsTheFirstInstanceEndsTheSecondReceives() throws Exception {
        TestTopics topics = TestTopics.on(sandbox, "standby.");
        RunningFeeds first = RunningFeeds.start(folder, topics, RunningFeeds.FILE);
        try {
            try (RawSender sender = new RawSender(first.port("pas"))) {
                assertThat(sender.send("\u000b" + SenderMessages.siu("C1", "S12", "A1") + "\u001c\r")
                                .answer())
                        .contains("MSA|AA|C1");
            }
            first.send("POST", "/feeds/am", SenderMessages.alert("firing"), RunningFeeds.ALERTMANAGER);
            try (Ingest second = RunningFeeds.prepare(folder, topics, RunningFeeds.FILE)) {
                HttpClient client = HttpClient.newHttpClient();
                assertThat(RunningFeeds.send(client, second.http(), "GET", "/health/live", null, Map.of())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(RunningFeeds.send(client, second.http(), "GET", "/health/ready", null, Map.of())
                                .statusCode())
                        .isEqualTo(503);
                assertThat(RunningFeeds.send(
                                        client, second.http(), "POST", "/feeds/kuma", SenderMessages.kuma(), Map.of())
                                .statusCode())
                        .isEqualTo(503);
                first.close();
                List<OpenFeed> open = second.open(line -> {});
                int port = open.get(0).port();
                try (RawSender sender = new RawSender(port)) {
                    assertThat(sender.send("\u000b" + SenderMessages.siu("C1", "S12", "A1") + "\u001c\r")
                                    .answer())
                            .as("the second knows what the first received")
                            .contains("MSA|AA|C1");
                }
                assertThat(topics.values(Topics.APPOINTMENTS)).hasSize(1);
                assertThat(RunningFeeds.send(
                                        client,
                                        second.http(),
                                        "POST",
                                        "/feeds/am",
                                        SenderMessages.watchdog(),
                                        RunningFeeds.ALERTMANAGER)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(topics.values(Topics.SYSTEM_HEALTH))
                        .as("the alert still fires after the takeover")
                        .extracting(Observation::status)
                        .containsOnly(SystemStatus.DOWN);
            }
        } finally {
            first.close();
        }
    }

    private static String send(HapiContext context, Connection connection, String message) throws Exception {
        Message answer =
                connection.getInitiator().sendAndReceive(context.getPipeParser().parse(message));
        Terser terser = new Terser(answer);
        return terser.get("/MSA-1") + " " + terser.get("/MSA-2");
    }

    private static int post(RunningFeeds feeds, String feed, String body) throws Exception {
        return feeds.send("POST", "/feeds/" + feed, body, Map.of("Content-Type", "application/json"))
                .statusCode();
    }

    private static int status(RunningFeeds feeds, String path) throws Exception {
        return feeds.send("GET", path, null, Map.of()).statusCode();
    }

    private static void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(sandbox.brokerPid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
