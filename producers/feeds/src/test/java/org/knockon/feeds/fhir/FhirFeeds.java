package org.knockon.feeds.fhir;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** The feeds that the fixtures are sent to. */
final class FhirFeeds {

    private static final KeyedHash HASH =
            new KeyedHash("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final PatientPseudonyms PSEUDONYMS = new PatientPseudonyms(
            HASH,
            List.of(
                    new IdentifierRule("nhs-number", List.of(), List.of("https://fhir.nhs.uk/Id/nhs-number"), false),
                    new IdentifierRule("mrn", List.of(), List.of("https://rj1.example/mrn"), false)));

    private FhirFeeds() {}

    static FhirMapper named(String name) {
        return switch (name) {
            case "ers" -> mapper(name, Optional.empty(), Optional.empty());
            case "ids" -> mapper(name, Optional.of("https://rj1.example/appointment"), Optional.empty());
            case "bars" -> mapper(name, Optional.empty(), Optional.of("urgent-care"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static FhirMapper mapper(String name, Optional<String> identifier, Optional<String> defaultService) {
        FhirFeedSettings settings = new FhirFeedSettings(
                name,
                name,
                identifier,
                Optional.of("https://rj1.example/due-in"),
                new IdTable(
                        List.of(
                                rule("location", "Location/cardio", "cardiology"),
                                rule("location", "CARD1", "cardiology"),
                                rule("service", "HealthcareService/mri", "mri"),
                                rule("service", "MRI*", "mri"),
                                rule("service", "320", "cardiology"),
                                rule("resource", "Schedule/endo*", "endoscopy")),
                        List.of()),
                defaultService,
                new WordTable<>(List.of(
                        Map.entry(TextPattern.parse("ITDOWN"), ChangeReason.IT_OUTAGE),
                        Map.entry(TextPattern.parse("system failure*"), ChangeReason.IT_OUTAGE))),
                new WordTable<>(List.of(Map.entry(TextPattern.parse("1"), Priority.EMERGENCY))),
                15);
        return new FhirMapper(settings, PSEUDONYMS, HASH);
    }

    private static IdRule rule(String attribute, String pattern, String id) {
        return new IdRule(Map.of(attribute, TextPattern.parse(pattern)), id);
    }
}
