package org.knockon.feeds.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.hl7.Hl7Defaults;
import org.knockon.feeds.hl7.Hl7FeedSettings;
import org.knockon.feeds.hl7.RefusalAnswer;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.mllp.ReceivedMessage;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.publish.Turns;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;

class Hl7ReceiverTest {

    private static final KeyedHash HASH =
            new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final TestOutput test = new TestOutput("pas");
    private final Hl7Receiver receiver = new Hl7Receiver(
            new Hl7FeedSettings(
                    "pas",
                    ZoneId.of("Europe/London"),
                    StandardCharsets.UTF_8,
                    new IdTable(List.of(new IdRule(Map.of("service", TextPattern.parse("MRI*")), "mri")), List.of()),
                    Optional.empty(),
                    new WordTable<>(List.of()),
                    Hl7Defaults.PRIORITIES,
                    Map.of(),
                    new WordTable<>(List.of()),
                    Hl7Defaults.START_FROM,
                    Hl7Defaults.PROCESSING,
                    Optional.empty(),
                    Hl7Defaults.MINUTES,
                    RefusalAnswer.ANSWER),
            new PatientPseudonyms(HASH, List.of()),
            HASH,
            new Turns(),
            test.output);

    @Test
    void answersAndRemembersWhatIsPublished() {
        assertThat(send(siu("C1", "A1")))
                .hasValueSatisfying(answer -> assertThat(answer).contains("MSA|AA|C1"));

        assertThat(versions()).extracting(AppointmentVersion::appointmentId).containsExactly("pas/A1");
        assertThat(test.states()).singleElement().isInstanceOf(FeedState.SeenMessages.class);
        assertThat(send(siu("C1", "A1")))
                .as("the same again")
                .hasValueSatisfying(answer -> assertThat(answer).contains("MSA|AA|C1"));
        assertThat(versions()).hasSize(1);
        assertThat(test.counts.snapshot().outcomes())
                .containsEntry(Outcome.PUBLISHED, 1L)
                .containsEntry(Outcome.DUPLICATE, 1L);
        assertThat(test.journal.find("C1", TestOutput.NOON))
                .extracting(FeedJournal.Entry::outcome)
                .containsExactly(Outcome.DUPLICATE, Outcome.PUBLISHED);
    }

    @Test
    void withoutKafkaThereIsNoAnswerAndNothingIsRemembered() {
        test.away = true;
        assertThat(send(siu("C1", "A1"))).isEmpty();
        assertThat(send(siu("C2", ""))).as("a refusal needs its record too").isEmpty();

        test.away = false;
        assertThat(send(siu("C1", "A1"))).isPresent();

        assertThat(versions()).hasSize(1);
        assertThat(test.counts.snapshot().outcomes())
                .containsEntry(Outcome.UNAVAILABLE, 2L)
                .containsEntry(Outcome.DUPLICATE, 0L);
    }

    @Test
    void aRefusalIsARecordWithoutContent() {
        assertThat(send(siu("C1", "")))
                .hasValueSatisfying(answer -> assertThat(answer).contains("MSA|AE|C1", "missing-id"));

        assertThat(test.published).singleElement().satisfies(refused -> {
            assertThat(refused.refusal()).hasValueSatisfying(record -> {
                assertThat(record.reason()).isEqualTo("missing-id");
                assertThat(record.where()).isEqualTo("SCH-2");
                assertThat(record.type()).isEqualTo("SIU^S12^SIU_S12");
                assertThat(record.digest()).matches("[0-9a-f]{64}");
                assertThat(record.toString()).doesNotContain("Quibblethorpe");
            });
        });
        assertThat(test.counts.snapshot().reasons()).containsOnly(Map.entry(RefusalReason.MISSING_ID, 1L));
    }

    @Test
    void hashesOfAServiceThatNoRuleNamesAreKept() {
        send(siu("C1", "A1").replace("MRI1", "CT1"));

        assertThat(test.states())
                .filteredOn(FeedState.UnmappedService.class::isInstance)
                .singleElement()
                .satisfies(state -> assertThat(state.toString()).doesNotContain("CT1"));
        assertThat(test.counts.snapshot().unmapped()).containsExactly("CT1");
    }

    private List<AppointmentVersion> versions() {
        return test.published.stream()
                .flatMap(each -> each.appointments().stream())
                .toList();
    }

    private Optional<String> send(String message) {
        byte[] bytes = message.getBytes(ISO_8859_1);
        return receiver.handle(new ReceivedMessage(bytes, bytes.length, test.instant(), "127.0.0.1"))
                .toCompletableFuture()
                .join()
                .map(answer -> new String(answer, ISO_8859_1));
    }

    private static String siu(String controlId, String id) {
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|" + controlId + "|P|2.4\r"
                + "SCH||" + id + "|||||||30|MIN|^^^202603100930\r"
                + "PID|1||9000000009^^^NHS||Quibblethorpe^Ada\r"
                + "AIS|1||MRI1\r";
    }
}
