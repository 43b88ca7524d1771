package org.knockon.systemtests.feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The first load: killed, repeated, and beside a feed that receives newer versions. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class LoadIT {

    private static final int ROWS = 20_000;
    private static final int HALF = ROWS / 2;
    private static final int FIRST_LIVE = 15_000;
    private static final int LIVE = 200;
    private static final String HEADER = "APPT,CHANGED,START,CLINIC,NHS,NAME\n";
    private static final String FEEDS = """
            http: {port: 0}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS]}]}
            feeds:
              - name: pas
                kind: hl7
                port: 0
                zone: Europe/London
                services: [{match: {location: CLINIC1}, id: clinic}]
                load: {columns: {appointmentId: APPT, updatedAt: CHANGED, slotStart: START, location: CLINIC, identifiers: {"nhs-number": NHS}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aKilledLoadIsFinishedByTheNextAndTheLiveVersionWins(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        Path feeds = prepare(place, prefix);
        Path extract = Files.writeString(folder.resolve("extract.csv"), HEADER + rows(0, ROWS));

        try (ChildCommand ingest = ChildCommand.start(folder, command(place, prefix, "ingest", feeds))) {
            int port = port(ingest);
            Socket sender = new Socket(InetAddress.getLoopbackAddress(), port);
            // Before the load: newer, as old, and older than the rows.
            send(sender, siu("A", "S12", 0, "20260302090001"));
            send(sender, siu("B", "S12", 1, "20260302090000"));
            send(sender, siu("C", "S12", 2, "20260302085959"));

            killHalfWay(place, prefix, feeds);
            int afterKill = records(place, prefix).size();
            assertThat(afterKill).as("killed half-way").isBetween(HALF / 2, HALF + 10);

            // A short cancellation of an appointment that the killed load published: the feed soon knows it.
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        send(
                                sender,
                                "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260303090000||SIU^S15^SIU_S12|D|P|2.4\rSCH||A100\r");
                        assertThat(newest(place, prefix).get("pas/A100").status())
                                .isEqualTo(AppointmentStatus.CANCELLED);
                    });

            // Versions as old as the rows, of appointments that are being loaded.
            CompletableFuture<Void> live = CompletableFuture.runAsync(() -> sendMany(port));
            CommandRun second = CommandRun.of(place, load(prefix, feeds, extract));
            live.join();
            assertThat(second.exitCode()).as(second.toString()).isZero();
            JsonNode rest = second.json().get(0);
            System.out.println("the rest of the load: " + rest);
            assertThat(rest.get("complete").booleanValue()).isTrue();
            assertThat(rest.get("rows").intValue()).isEqualTo(ROWS);
            assertThat(rest.get("outcomes").get("published").intValue()).isBetween(HALF - LIVE - 10, ROWS - HALF / 2);

            // After the load: a message of a new version, and a stale one.
            send(sender, siu("E", "S13", 5, "20260304090000"));
            send(sender, siu("F", "S13", 6, "20260301090000"));
            sender.close();
            ingest.interrupt();
            assertThat(ingest.awaitExit(30)).isEqualTo(130);
        }

        int before = records(place, prefix).size();
        JsonNode third =
                CommandRun.of(place, load(prefix, feeds, extract)).json().get(0);
        System.out.println("a load of what is known: " + third);
        assertThat(third.get("outcomes").get("published").intValue()).isZero();
        assertThat(records(place, prefix)).as("nothing was published").hasSize(before);

        Map<String, AppointmentVersion> newest = newest(place, prefix);
        assertThat(newest.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).mapToObj(i -> "pas/A" + i).toList());
        assertThat(newest.get("pas/A0").slotStart()).as("newer live version").isEqualTo(live());
        assertThat(newest.get("pas/A1").slotStart()).as("live version as new").isEqualTo(live());
        assertThat(newest.get("pas/A2").slotStart()).as("older live version").isEqualTo(loaded(2));
        assertThat(newest.get("pas/A5").slotStart()).as("moved after the load").isEqualTo(live());
        assertThat(newest.get("pas/A6").slotStart()).as("stale message").isEqualTo(loaded(6));
        for (int i = FIRST_LIVE; i < FIRST_LIVE + LIVE; i++) {
            assertThat(newest.get("pas/A" + i).slotStart())
                    .as("moved during the load")
                    .isEqualTo(live());
        }
        assertThat(newest.get("pas/A100").status()).isEqualTo(AppointmentStatus.CANCELLED);
        assertThat(newest.get("pas/A100").slotStart()).isEqualTo(loaded(100));
        assertThat(records(place, prefix))
                .as("secrets")
                .noneMatch(record -> new String(record.value(), ISO_8859_1).contains("Quibblethorpe"));
    }

    @Test
    void printsTheSummaryAlsoAfterCtrlC(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        Path feeds = prepare(place, prefix);
        Path pipe = pipe();

        try (ChildCommand load = ChildCommand.start(folder, command(place, load(prefix, feeds, pipe)));
                OutputStream out = Files.newOutputStream(pipe)) {
            out.write((HEADER + rows(0, 1_000)).getBytes(UTF_8));
            out.flush();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> records(place, prefix).size() > 100);
            load.interrupt();
            assertThat(load.awaitExit(30)).isEqualTo(130);
            JsonNode summary = CommandRun.parse(load.rest().get(0));
            assertThat(summary.get("complete").booleanValue()).isFalse();
            assertThat(summary.get("outcomes").get("published").intValue())
                    .isEqualTo(records(place, prefix).size());
        }
    }

    @Test
    void namesMissingTopics(SharedSandbox.Place place) throws Exception {
        CommandRun.with(new String[0], "ingest", "--new-key", key());
        Path feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
        Path extract = Files.writeString(folder.resolve("extract.csv"), HEADER + rows(0, 1));

        CommandRun load = CommandRun.of(place, load(place.prefix(), feeds, extract));

        assertThat(load.exitCode()).as(load.toString()).isEqualTo(3);
        assertThat(load.err()).contains("missing topics: ", "internal.feeds");
        assertThat(load.out()).isEmpty();
    }

    /** A pipe gives the load half of its rows and no end, so that the kill comes in the middle. */
    private void killHalfWay(SharedSandbox.Place place, String prefix, Path feeds) throws Exception {
        Path pipe = pipe();
        try (ChildCommand first = ChildCommand.start(folder, command(place, load(prefix, feeds, pipe)));
                OutputStream out = Files.newOutputStream(pipe)) {
            out.write((HEADER + rows(0, HALF)).getBytes(UTF_8));
            out.flush();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> records(place, prefix).size() >= HALF / 2);
            assertThat(first.isAlive()).isTrue();
            first.kill();
            first.awaitExit(30);
        }
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return pipe;
    }

    private Path prepare(SharedSandbox.Place place, String prefix) throws IOException {
        CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix);
        CommandRun.with(new String[0], "ingest", "--new-key", key());
        return Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
    }

    private String key() {
        return folder.resolve("pseudonym.key").toString();
    }

    private static String[] load(String prefix, Path feeds, Path extract) {
        return new String[] {
            "load", "--feeds", feeds.toString(), "--output", "json", "--prefix", prefix, extract.toString()
        };
    }

    private static String[] command(SharedSandbox.Place place, String prefix, String name, Path feeds) {
        return command(place, new String[] {name, "--feeds", feeds.toString(), "--output", "json", "--prefix", prefix});
    }

    private static String[] command(SharedSandbox.Place place, String[] arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of(place.arguments())).toArray(String[]::new);
    }

    private static int port(ChildCommand ingest) throws IOException {
        JsonNode ready = CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")));
        return ready.get("feeds").get(0).get("port").intValue();
    }

    private static void sendMany(int port) {
        try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < LIVE; i++) {
                send(sender, siu("M" + i, "S13", FIRST_LIVE + i, "20260302090000"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        "A" + i + ",2026-03-02T09:00:00," + start(i) + ",CLINIC1,9000000009,\"Quibblethorpe, Ada\"")
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String start(int row) {
        return LocalDateTime.of(2026, 6, 1, 8, 0).plusMinutes(row).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    /** In June London is an hour ahead of UTC. */
    private static long loaded(int row) {
        return Instant.parse(start(row) + "Z").toEpochMilli() - 3_600_000;
    }

    private static long live() {
        return Instant.parse("2026-07-01T09:00:00Z").toEpochMilli();
    }

    private static String siu(String controlId, String trigger, int row, String sent) {
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|" + sent + "||SIU^" + trigger + "^SIU_S12|" + controlId + "|P|2.4\r"
                + "SCH||A" + row + "|||||||20|MIN|^^^202607011000\r"
                + "PID|1||9000000009^^^NHS||Quibblethorpe^Ada\r"
                + "AIL|1||CLINIC1\r";
    }

    private static void send(Socket sender, String message) throws IOException {
        sender.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(ISO_8859_1));
        InputStream in = sender.getInputStream();
        StringBuilder answer = new StringBuilder();
        for (int b = in.read(); b >= 0 && answer.indexOf("\u001c\r") < 0; b = in.read()) {
            answer.append((char) b);
            if (answer.indexOf("\u001c\r") >= 0) {
                break;
            }
        }
        assertThat(answer.toString()).contains("MSA|AA|");
    }

    private static Map<String, AppointmentVersion> newest(SharedSandbox.Place place, String prefix) {
        Map<String, AppointmentVersion> newest = new HashMap<>();
        try (KnockonSerdes serdes = new KnockonSerdes(client(place))) {
            for (ConsumerRecord<byte[], byte[]> record : records(place, prefix)) {
                AppointmentVersion version =
                        serdes.value(Topics.APPOINTMENTS).deserializer().deserialize(record.topic(), record.value());
                newest.merge(version.appointmentId(), version, LoadIT::newer);
            }
        }
        return newest;
    }

    /** As the pipeline orders versions. */
    private static AppointmentVersion newer(AppointmentVersion a, AppointmentVersion b) {
        if (a.sequence() != b.sequence()) {
            return a.sequence() > b.sequence() ? a : b;
        }
        return a.updatedAt() > b.updatedAt() ? a : b;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(SharedSandbox.Place place, String prefix) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (CommittedReader reader = new CommittedReader(client(place), List.of(Topics.APPOINTMENTS.name(prefix)))) {
            reader.readToEnd(records::add);
        }
        return records;
    }

    private static Map<String, Object> client(SharedSandbox.Place place) {
        return Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
    }
}
