package org.knockon.feeds.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** The feed of all tests: a booking system in London. Each test may change one setting. */
final class TestFeed {
    static final KeyedHash HASH = new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    String namespace = "pas";
    ZoneId zone = ZoneId.of("Europe/London");
    Charset charset = StandardCharsets.UTF_8;
    Optional<String> defaultService = Optional.empty();
    WordTable<Priority> priorities = Hl7Defaults.PRIORITIES;
    Map<String, StatusMeaning> triggers = Map.of();
    WordTable<StatusMeaning> statuses = new WordTable<>(List.of());
    List<FieldRef> startFrom = Hl7Defaults.START_FROM;
    Set<String> processing = Hl7Defaults.PROCESSING;
    Optional<Duration> rebooking = Optional.empty();
    int defaultMinutes = Hl7Defaults.MINUTES;
    RefusalAnswer onRefusal = RefusalAnswer.ANSWER;
    boolean anyIdentifier;

    Hl7FeedSettings settings() {
        return new Hl7FeedSettings(
                namespace,
                zone,
                charset,
                SERVICES,
                defaultService,
                REASONS,
                priorities,
                triggers,
                statuses,
                startFrom,
                processing,
                rebooking,
                defaultMinutes,
                onRefusal);
    }

    Hl7Reader reader() {
        return new Hl7Reader(settings(), HASH);
    }

    Hl7Mapper mapper() {
        List<IdentifierRule> identifiers = new ArrayList<>(List.of(
                new IdentifierRule("nhs-number", List.of("NHS"), List.of(), false),
                new IdentifierRule("mrn", List.of("RJ1", "type:MR"), List.of(), false)));
        if (anyIdentifier) {
            identifiers.add(new IdentifierRule("local", List.of(), List.of(), true));
        }
        return new Hl7Mapper(settings(), new PatientPseudonyms(HASH, identifiers), HASH);
    }

    private static final IdTable SERVICES = new IdTable(
            List.of(
                    rule("cardiology", "location", "CARD1^^^RJ121"),
                    rule("mri", "service", "MRI*"),
                    rule("nuclear", "resource", "GAMMA1"),
                    rule("phlebotomy", "clinic", "BLOOD"),
                    new IdRule(
                            Map.of("facility", TextPattern.parse("RJ9"), "location", TextPattern.parse("OPD*")),
                            "outpatients"),
                    rule("x-ray", "location", "11&X-Ray&Scan Room&L")),
            List.of());

    private static final WordTable<ChangeReason> REASONS = new WordTable<>(List.of(
            Map.entry(TextPattern.parse("ITDOWN"), ChangeReason.IT_OUTAGE),
            Map.entry(TextPattern.parse("system failure*"), ChangeReason.IT_OUTAGE),
            Map.entry(TextPattern.parse("PATREQ"), ChangeReason.PATIENT),
            Map.entry(TextPattern.parse("Draway"), ChangeReason.PROVIDER),
            Map.entry(TextPattern.parse("Ear & Nose"), ChangeReason.CLINICAL)));

    private static IdRule rule(String id, String attribute, String pattern) {
        return new IdRule(Map.of(attribute, TextPattern.parse(pattern)), id);
    }
}
