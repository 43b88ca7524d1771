package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.failure.RecordKeys;

/**
 * Sends seeded mutations of valid records through the topology with the real serdes: none stops the pipeline, each
 * rejected record is one dead letter with its original bytes, and no other record is one. 20,000 mutations; a million
 * with {@code -Dknockon.long=true}.
 */
class MutatedRecordsTest {

    private static final int MUTATIONS = Boolean.getBoolean("knockon.long") ? 1_000_000 : 20_000;
    private static final int PER_DRIVER = 1_000;
    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();

    private final KnockonSerdes serdes = new KnockonSerdes(PipelineDriver.REGISTRY);
    private final List<Sent> valid = new ArrayList<>();

    /** @param offset of the record on its topic */
    private record Sent(Topic<?> topic, byte[] key, byte[] value, long timestamp, long offset) {}

    MutatedRecordsTest() {
        WireRecords wire = PipelineDriver.wireRecords();
        for (InputLimits<?> limits : InputLimits.all()) {
            Topic<?> topic = limits.topic();
            String key = topic == Topics.APPOINTMENTS
                    ? WireRecords.APPOINTMENT
                    : topic == Topics.CARE_SERVICES ? WireRecords.SERVICE : WireRecords.SYSTEM;
            byte[] value = wire.bytes(topic, WireRecords.valid(topic, NOON));
            valid.add(new Sent(topic, key.getBytes(StandardCharsets.UTF_8), value, NOON, 0));
        }
    }

    @Test
    void costAtMostOneDeadLetterEach() {
        int rejected = 0;
        for (int seed = 0; seed < MUTATIONS / PER_DRIVER; seed++) {
            rejected += mutate(new Random(seed), seed);
        }
        // Both outcomes have to be frequent.
        assertThat(rejected).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    private int mutate(Random random, int seed) {
        Map<Topic<?>, Long> offsets = new HashMap<>();
        List<Sent> rejected = new ArrayList<>();
        List<Sent> mayBeUnknown = new ArrayList<>();
        try (PipelineDriver driver = PipelineDriver.ofAllYears()) {
            for (int i = 0; i < PER_DRIVER; i++) {
                Sent mutant = i < valid.size() ? valid.get(i) : mutant(random);
                long offset = offsets.merge(mutant.topic, 1L, Long::sum) - 1;
                Sent sent = new Sent(mutant.topic, mutant.key, mutant.value, mutant.timestamp, offset);
                driver.sendBytes(sent.topic, sent.key, sent.value, sent.timestamp);
                Optional<String> name = nameOf(sent);
                if (name.isEmpty()) {
                    rejected.add(sent);
                } else if (!name.get().equals(WireRecords.SYSTEM) && !name.get().equals(WireRecords.SERVICE)) {
                    mayBeUnknown.add(sent);
                }
            }
            driver.settle();
            assertLetters(driver.deadLetters(), rejected, mayBeUnknown, seed);
        }
        return rejected.size();
    }

    /**
     * The system or service that a valid record names; for catalogue records a known one; empty if the record has to
     * be rejected.
     */
    private Optional<String> nameOf(Sent sent) {
        return nameOf(sent, sent.topic);
    }

    private <V> Optional<String> nameOf(Sent sent, Topic<V> topic) {
        try {
            String key = new RecordKeys().deserialize("t", sent.key);
            V value = serdes.value(topic).deserializer().deserialize(topic.name(PipelineDriver.PREFIX), sent.value);
            boolean rejected = !EventTimes.accepts(sent.timestamp, EventTimes.LATEST)
                    || InputLimits.of(topic)
                            .orElseThrow()
                            .refusal(key, value, EventTimes.LATEST)
                            .isPresent();
            if (rejected) {
                return Optional.empty();
            }
            if (value instanceof AppointmentVersion version) {
                return Optional.of(version.serviceId());
            }
            return Optional.of(value instanceof Observation observation ? observation.systemId() : WireRecords.SYSTEM);
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    private static void assertLetters(
            List<TestRecord<byte[], byte[]>> letters, List<Sent> rejected, List<Sent> mayBeUnknown, int seed) {
        Map<String, TestRecord<byte[], byte[]>> byOrigin = new HashMap<>();
        for (TestRecord<byte[], byte[]> letter : letters) {
            String origin = header(letter, "topic") + "@" + header(letter, "offset");
            assertThat(byOrigin.put(origin, letter))
                    .as("seed %d, twice: %s", seed, origin)
                    .isNull();
        }
        for (Sent sent : rejected) {
            TestRecord<byte[], byte[]> letter = byOrigin.remove(origin(sent));
            assertThat(letter).as("seed %d, rejected: %s", seed, origin(sent)).isNotNull();
            assertThat(letter.key()).isEqualTo(sent.key);
            assertThat(letter.value()).isEqualTo(sent.value);
        }
        mayBeUnknown.forEach(sent -> byOrigin.remove(origin(sent)));
        assertThat(byOrigin.keySet())
                .as("seed %d, dead letters of valid records", seed)
                .isEmpty();
    }

    private static String origin(Sent sent) {
        return sent.topic.name(PipelineDriver.PREFIX) + "@" + sent.offset;
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    private Sent mutant(Random random) {
        Sent from = valid.get(random.nextInt(valid.size()));
        byte[] key = from.key;
        byte[] value = from.value;
        long timestamp = from.timestamp;
        switch (random.nextInt(10)) {
            case 0 -> key = bytes(random, key);
            case 1 -> timestamp = times(random, timestamp);
            default -> {
                int times = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(4);
                for (int i = 0; i < times; i++) {
                    value = bytes(random, value);
                }
            }
        }
        return new Sent(from.topic, key, value, timestamp, 0);
    }

    private static long times(Random random, long timestamp) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> -1;
            case 2 -> timestamp << random.nextInt(20);
            default -> timestamp >> random.nextInt(20);
        };
    }

    private byte[] bytes(Random random, byte[] given) {
        if (given.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        byte[] bytes = given.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            // Small changes often give another valid record.
            case 6, 7, 8 -> bytes[at] ^= (byte) (2 << random.nextInt(2));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            // The largest and smallest length and number that a varint can start with.
            case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(10)), (byte) 0xff);
            case 4 -> {
                byte[] other = valid.get(random.nextInt(valid.size())).value;
                int from = random.nextInt(other.length);
                bytes = Arrays.copyOf(bytes, at + other.length - from);
                System.arraycopy(other, from, bytes, at, other.length - from);
            }
            default -> {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
                byte[] twice = new byte[bytes.length + length];
                System.arraycopy(bytes, 0, twice, 0, at + length);
                System.arraycopy(bytes, at, twice, at + length, bytes.length - at);
                bytes = twice;
            }
        }
        return bytes;
    }
}
