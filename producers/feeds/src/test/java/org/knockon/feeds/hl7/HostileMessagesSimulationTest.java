package org.knockon.feeds.hl7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;

/** Fixtures, broken at random: whatever comes, the map gives an outcome that fits the topic, and an answer. */
class HostileMessagesSimulationTest {
    private static final int RUNS = Boolean.getBoolean("knockon.long") ? 1_000_000 : 4_000;
    private static final long SEED = 20_260_302;

    private static final List<Fixture> FIXTURES = Fixture.all();
    private static final InputLimits<AppointmentVersion> LIMITS =
            InputLimits.of(Topics.APPOINTMENTS).orElseThrow();

    private static final List<String> HOSTILE = List.of(
            "",
            "\"\"",
            "^^^",
            "&&&",
            "~~~~",
            "\\",
            "\\X\\",
            "\\XFF\\",
            "\\T\\\\T",
            "20261332256199",
            "99991231235959",
            "00000000000000",
            "202603290130",
            "-1",
            "999999999",
            "1e999999999",
            "\0",
            "\u000b",
            "MSH|",
            "A".repeat(300),
            "^".repeat(5_000),
            "&".repeat(5_000),
            "~".repeat(1_500),
            "\u00c4\u00ff",
            "S15",
            "SIU^S15",
            "2.5.1",
            "UNICODE UTF-8",
            "ISO IR87",
            "P",
            "AL");

    @Test
    void brokenBytesDoNotBreakTheMap() {
        run(random -> brokenBytes(pick(random).message(), random), false);
    }

    @Test
    void hostileFieldsDoNotBreakTheMapAndNothingOfThePatientLeavesIt() {
        run(random -> hostileField(pick(random).message(), random), true);
    }

    private interface Maker {
        byte[] message(Random random);
    }

    private static void run(Maker maker, boolean patientStaysInPid) {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            Random random = new Random(seed);
            byte[] bytes = maker.message(random);
            Fixture around = pick(random);
            try {
                check(bytes, around, patientStaysInPid);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", in the feed of " + around.name() + ": " + e, e);
            }
        }
    }

    private static void check(byte[] bytes, Fixture around, boolean patientStaysInPid) {
        TestFeed feed = around.feed();
        Hl7Message message = feed.reader().read(bytes);
        Hl7Mapping mapping = feed.mapper().map(message, around.remembered(), (id, digest) -> false, around.receipt());
        MappedMessage mapped = mapping.message();

        assertThat(mapped.outcome()).isIn(Outcome.PUBLISHED, Outcome.IGNORED, Outcome.REFUSED);
        assertThat(mapped.appointments()).hasSize(mapped.outcome() == Outcome.PUBLISHED ? 1 : 0);
        for (AppointmentVersion version : mapped.appointments()) {
            assertThat(LIMITS.refusal(version.appointmentId(), version, around.receipt() + 300_000))
                    .isEmpty();
            assertThat(version.slotEnd() - version.slotStart()).isBetween(1L, 86_400_000L);
        }
        byte[] answer =
                Acknowledgement.of(message, mapped, feed.onRefusal, "K1", Instant.ofEpochMilli(around.receipt()));
        String text = new String(answer, ISO_8859_1);
        assertThat(text).startsWith("MSH").contains("\rMSA");
        assertThat(text.split("\r")[1].charAt(4)).isIn('A', 'C');
        boolean positive = text.split("\r")[1].charAt(5) == 'A';
        assertThat(positive).isEqualTo(mapped.outcome() != Outcome.REFUSED || feed.onRefusal == RefusalAnswer.ACCEPT);
        if (patientStaysInPid) {
            assertThat(mapped.appointments().stream().map(FixturesTest::inFull).toList()
                            + text
                            + mapping.unmappedHashes()
                            + mapped.unmapped()
                            + mapped.refusal())
                    .doesNotContain("Quibblethorpe", "9000000009");
        }
    }

    private static Fixture pick(Random random) {
        return FIXTURES.get(random.nextInt(FIXTURES.size()));
    }

    private static byte[] brokenBytes(byte[] message, Random random) {
        byte[] bytes = message.clone();
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(random.nextInt(20), bytes.length - at);
            byte[] after = Arrays.copyOfRange(bytes, at + length, bytes.length);
            byte[] inserted = new byte[random.nextInt(10)];
            random.nextBytes(inserted);
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> inserted;
                case 2 -> "|^~\\&\r\n".substring(random.nextInt(7)).getBytes(ISO_8859_1);
                default -> join(Arrays.copyOfRange(bytes, at, at + length), Arrays.copyOfRange(bytes, at, at + length));
            };
            bytes = join(join(Arrays.copyOf(bytes, at), middle), after);
        }
        return bytes;
    }

    private static byte[] hostileField(byte[] message, Random random) {
        List<String> segments = new ArrayList<>(List.of(new String(message, ISO_8859_1).split("\r")));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(segments.size());
            List<String> fields = new ArrayList<>(List.of(segments.get(at).split("\\|", -1)));
            String hostile = HOSTILE.get(random.nextInt(HOSTILE.size()));
            int field = random.nextInt(1, 28);
            while (fields.size() <= field) {
                fields.add("");
            }
            String old = fields.get(field);
            boolean part = random.nextBoolean() && !old.isEmpty();
            fields.set(field, part ? old.replaceFirst("[^^]+", Matcher.quoteReplacement(hostile)) : hostile);
            segments.set(at, String.join("|", fields));
        }
        return String.join("\r", segments).getBytes(ISO_8859_1);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
