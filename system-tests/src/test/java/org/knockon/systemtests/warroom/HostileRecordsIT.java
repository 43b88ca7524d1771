package org.knockon.systemtests.warroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

/** A war room on topics with arbitrary records. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class HostileRecordsIT {

    private static final List<Topic<?>> INPUTS = List.of(
            Topics.SYSTEMS,
            Topics.CARE_SERVICES,
            Topics.OUTAGES,
            Topics.IMPACT_COUNTS,
            Topics.IMPACT_HISTORY,
            Topics.SYSTEM_HEALTH);
    private static final int JUNK_PER_TOPIC = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void eachUnreadableRecordIsCountedOnce(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        Map<String, Object> client =
                Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
        write(client, prefix);
        WarRoomSettings settings =
                new WarRoomSettings(client, prefix, ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
        try (WarRoom warRoom = WarRoom.start(settings, System::currentTimeMillis)) {
            String address = warRoom.address().replace("/wall", "");
            awaitReady(address);
            JsonNode state = awaitBoard(address);

            // A few of the random byte arrays may be valid records.
            int written = INPUTS.size() * (JUNK_PER_TOPIC + 2) + 1;
            assertThat(state.get("unreadable").intValue()).isBetween(written - 10, written);
            assertThat(get(address + "/health/live").statusCode()).isEqualTo(200);
            JsonNode feeds = state.get("board").get("feeds");
            assertThat(feeds).hasSize(1);
            assertThat(feeds.get(0).get("lastSeen").longValue())
                    .isEqualTo(now.minusSeconds(60).toEpochMilli());
            JsonNode report = CommandRun.parse(get(address + "/report.json").body());
            assertThat(report.get("asOf").textValue()).isEqualTo(now.toString());
        }
    }

    /** Writes to each topic junk with and without a magic byte, a record without a key, and one with a long key. */
    private void write(Map<String, Object> client, String prefix) {
        Random random = new Random(23);
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
                KnockonSerdes serdes = new KnockonSerdes(client)) {
            for (Topic<?> topic : INPUTS) {
                String name = topic.name(prefix);
                for (int i = 0; i < JUNK_PER_TOPIC; i++) {
                    byte[] junk = new byte[1 + random.nextInt(400)];
                    random.nextBytes(junk);
                    if (i % 2 == 0) {
                        junk = magic(junk, i);
                    }
                    producer.send(new ProducerRecord<>(name, null, (long) i, ("key" + i).getBytes(UTF_8), junk));
                }
                byte[] key = topic.cleanup() == Topic.Cleanup.COMPACT ? new byte[] {(byte) 0xff} : null;
                producer.send(new ProducerRecord<>(name, null, Long.MAX_VALUE / 2, key, new byte[] {1, 2, 3}));
                producer.send(
                        new ProducerRecord<>(name, null, 0L, "k".repeat(100_000).getBytes(UTF_8), new byte[1]));
            }
            String health = Topics.SYSTEM_HEALTH.name(prefix);
            var observations = serdes.value(Topics.SYSTEM_HEALTH).serializer();
            for (Instant at : List.of(
                    now.minusSeconds(60), now.plus(3_650, ChronoUnit.DAYS), Instant.parse("+10000-01-01T00:00:00Z"))) {
                Observation seen = new Observation("pas", SystemStatus.UP, at.toEpochMilli(), "probe", null);
                producer.send(new ProducerRecord<>(
                        health, null, 0L, "pas".getBytes(UTF_8), observations.serialize(health, seen)));
            }
            String counts = Topics.IMPACT_COUNTS.name(prefix);
            CellCounts all = new CellCounts(Cell.ALL, ImpactCounts.ZERO, now.toEpochMilli());
            producer.send(new ProducerRecord<>(
                    counts,
                    "ALL".getBytes(UTF_8),
                    serdes.value(Topics.IMPACT_COUNTS).serializer().serialize(counts, all)));
            producer.flush();
        }
    }

    /** Looks like Avro with the id of an existing or a missing schema. */
    private static byte[] magic(byte[] junk, int number) {
        byte[] record = new byte[junk.length + 5];
        record[4] = (byte) (number % 12);
        System.arraycopy(junk, 0, record, 5, junk.length);
        return record;
    }

    private void awaitReady(String address) {
        await().atMost(TIMEOUT).until(() -> get(address + "/health/ready").statusCode() == 200);
    }

    /** The publisher runs shortly after the topics have been read. */
    private JsonNode awaitBoard(String address) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> CommandRun.parse(get(address + "/api/v1/state").body()),
                        state -> state.get("ready").booleanValue());
    }

    private HttpResponse<String> get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
