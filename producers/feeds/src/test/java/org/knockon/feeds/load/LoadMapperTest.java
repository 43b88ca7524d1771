package org.knockon.feeds.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.fixture.Remembered;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.Sequencing;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;

/** What no row of the fixture shows: another extract, and what follows a load. */
class LoadMapperTest {

    private static final long NOW = millis("2026-03-10T09:00:00Z");
    private static final long EXTRACTED = millis("2026-03-09T02:00:00Z");
    private static final KeyedHash HASH =
            new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final Remembered remembered = new Remembered();

    @Test
    void withoutATimeOfItsOwnARowIsAsOldAsTheExtract() throws IOException {
        AppointmentVersion version =
                map("7,2026-04-10T09:30,2026-04-10T09:45").appointments().get(0);

        assertThat(version.updatedAt()).isEqualTo(EXTRACTED);
        assertThat(version.slotEnd()).isEqualTo(millis("2026-04-10T08:45:00Z"));
        assertThat(version.serviceId()).as("the default service").isEqualTo("clinic");
        assertThat(version.appointmentId()).as("without a namespace").isEqualTo("7");
    }

    @Test
    void anEndMustBeATimeAfterTheStart() throws IOException {
        assertThat(map("7,2026-04-10T09:30,later").refusal().orElseThrow().where())
                .isEqualTo("END");
        MappedMessage before = map("7,2026-04-10T09:30,2026-04-10T09:00");
        assertThat(before.flags()).contains(Flag.BAD_END);
        assertThat(before.appointments().get(0).slotEnd()).isEqualTo(millis("2026-04-10T08:45:00Z"));
    }

    @Test
    void theAdmissionMayBeATimeOrADateAndIsRemembered() throws IOException {
        assertThat(dueIn("2026-04-10T07:00")).isEqualTo(millis("2026-04-10T06:00:00Z"));
        assertThat(dueIn("2026-04-10")).isEqualTo(millis("2026-04-09T23:00:00Z"));
        assertThat(dueIn("")).isNull();
        assertThat(map("7,2026-04-10T09:30,,soon").flags()).contains(Flag.BAD_TIME);
        map("7,2026-04-10T09:30,,2026-04-10T07:00").appointments().forEach(this::remember);

        AppointmentVersion later = mapper(EXTRACTED + 1)
                .map(row("7,2026-04-11T09:30,"), remembered, NOW)
                .message()
                .appointments()
                .get(0);

        assertThat(later.dueIn()).isEqualTo(millis("2026-04-10T06:00:00Z"));
    }

    private Long dueIn(String text) throws IOException {
        return map("7,2026-04-10T09:30,," + text).appointments().get(0).dueIn();
    }

    @Test
    void aLiveVersionOfTheSameTimeWinsWhicheverIsPublishedFirst() throws IOException {
        AppointmentVersion loaded = map("7,2026-04-10T09:30,").appointments().get(0);
        long unknown = Sequencing.sequence(EXTRACTED, Optional.empty());
        long known = Sequencing.sequence(EXTRACTED, Optional.of(loaded));

        assertThat(unknown).as("of a feed that has not seen the load").isGreaterThan(loaded.sequence());
        assertThat(known).as("of a feed that has").isGreaterThan(loaded.sequence());
        assertThat(Sequencing.sequence(EXTRACTED - 1000, Optional.empty()))
                .as("an older message does not win")
                .isLessThan(loaded.sequence());
    }

    @Test
    void loadingAgainPublishesNothingAndALaterExtractWhatIsNew() throws IOException {
        map("7,2026-04-10T09:30,").appointments().forEach(this::remember);

        assertThat(map("7,2026-04-10T09:30,").outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(mapper(EXTRACTED - 1)
                        .map(row("7,2026-04-10T09:30,"), remembered, NOW)
                        .message()
                        .outcome())
                .isEqualTo(Outcome.IGNORED);
        MappedMessage later = mapper(EXTRACTED + 1)
                .map(row("7,2026-04-11T09:30,"), remembered, NOW)
                .message();
        assertThat(later.appointments().get(0).sequence()).isGreaterThan(EXTRACTED - 1);
    }

    @Test
    void anOldRowIsKnownWhenItIsLoadedAgainLater() throws IOException {
        long old = NOW - 3 * LoadMapper.OLDEST;
        AppointmentVersion version = mapper(old)
                .map(row("7,2026-04-10T09:30,"), remembered, NOW)
                .message()
                .appointments()
                .get(0);
        remember(version);

        assertThat(version.updatedAt()).isEqualTo(NOW - LoadMapper.OLDEST);
        assertThat(mapper(old)
                        .map(row("7,2026-04-10T09:30,"), remembered, NOW + LoadMapper.OLDEST)
                        .message()
                        .outcome())
                .isEqualTo(Outcome.IGNORED);
    }

    @Test
    void aLoadedVersionStaysOnTheTopicAsLongAgain() {
        assertThat(Topics.APPOINTMENTS.retention().orElseThrow().toMillis())
                .isGreaterThanOrEqualTo(2 * LoadMapper.OLDEST);
    }

    @Test
    void everyStatusHasAWord() throws IOException {
        for (AppointmentStatus status : AppointmentStatus.values()) {
            if (status != AppointmentStatus.UNKNOWN) {
                assertThat(ExtractWords.statuses(List.of()).of(status.name())).contains(Optional.of(status));
            }
        }
        assertThat(ExtractWords.statuses(List.of()).of("UNKNOWN")).isEmpty();
    }

    private void remember(AppointmentVersion version) {
        remembered.add(new RememberedAppointment(version, ""));
    }

    private MappedMessage map(String line) throws IOException {
        return mapper(EXTRACTED).map(row(line), remembered, NOW).message();
    }

    private static ExtractRow row(String line) throws IOException {
        return new ExtractReader(
                        new StringReader("ID,START,END,ADMIT\n" + line + ",".repeat(3 - count(line))),
                        ',',
                        List.of("ID", "START", "END", "ADMIT"))
                .next()
                .orElseThrow();
    }

    private static int count(String line) {
        return (int) line.chars().filter(c -> c == ',').count();
    }

    private static LoadMapper mapper(long asOf) {
        ExtractColumns columns = new ExtractColumns(
                Map.of(
                        ExtractField.APPOINTMENT_ID,
                        List.of("ID"),
                        ExtractField.SLOT_START,
                        List.of("START"),
                        ExtractField.SLOT_END,
                        List.of("END"),
                        ExtractField.DUE_IN,
                        List.of("ADMIT")),
                Map.of(),
                Map.of());
        ExtractTables tables = new ExtractTables(
                "",
                columns,
                ZoneId.of("Europe/London"),
                List.of(),
                new IdTable(List.of(), List.of()),
                Optional.of("clinic"),
                ExtractWords.statuses(List.of()),
                new WordTable<>(List.of()),
                new WordTable<>(List.of()),
                15);
        return new LoadMapper(tables, OptionalLong.of(asOf), new PatientPseudonyms(HASH, List.of()), HASH);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
