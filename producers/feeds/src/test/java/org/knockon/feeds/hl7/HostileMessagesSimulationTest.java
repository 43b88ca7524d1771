package org.knockon.feeds.hl7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.samples.Hl7Mutations;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;

/** Fixtures, broken at random: whatever comes, the map gives an outcome that fits the topic, and an answer. */
class HostileMessagesSimulationTest {
    private static final int RUNS = Boolean.getBoolean("knockon.long") ? 1_000_000 : 4_000;
    private static final long SEED = 20_260_302;

    private static final List<Fixture> FIXTURES = Fixture.all();
    private static final InputLimits<AppointmentVersion> LIMITS =
            InputLimits.of(Topics.APPOINTMENTS).orElseThrow();

    @Test
    void brokenBytesDoNotBreakTheMap() {
        run(random -> new Hl7Mutations(random).bytes(pick(random).message()), false);
    }

    @Test
    void hostileFieldsDoNotBreakTheMapAndNothingOfThePatientLeavesIt() {
        run(random -> new Hl7Mutations(random).fields(pick(random).message()), true);
    }

    private interface Maker {
        byte[] message(SplittableRandom random);
    }

    private static void run(Maker maker, boolean patientStaysInPid) {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            SplittableRandom random = new SplittableRandom(seed);
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

    private static Fixture pick(SplittableRandom random) {
        return FIXTURES.get(random.nextInt(FIXTURES.size()));
    }
}
