package org.knockon.feeds.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the tables of a booking system. */
final class BookingParser {

    private static final List<String> HL7_ATTRIBUTES = List.of("location", "service", "resource", "facility", "clinic");
    private static final List<String> FHIR_ATTRIBUTES = List.of("location", "service", "resource");
    private static final List<ChangeReason> REASONS =
            List.of(ChangeReason.PATIENT, ChangeReason.CLINICAL, ChangeReason.PROVIDER, ChangeReason.IT_OUTAGE);
    private static final List<Priority> PRIORITIES =
            List.of(Priority.ROUTINE, Priority.URGENT, Priority.TWO_WEEK_WAIT, Priority.EMERGENCY);

    /** Stat, as soon as possible, urgent, routine of HL7 table 0027, and the English two week wait. */
    private static final List<Map.Entry<TextPattern, Priority>> HL7_PRIORITIES = List.of(
            Map.entry(TextPattern.parse("S"), Priority.EMERGENCY),
            Map.entry(TextPattern.parse("A"), Priority.URGENT),
            Map.entry(TextPattern.parse("U"), Priority.URGENT),
            Map.entry(TextPattern.parse("2WW"), Priority.TWO_WEEK_WAIT),
            Map.entry(TextPattern.parse("R"), Priority.ROUTINE));

    private static final int DAY_MINUTES = 24 * 60;
    private static final int DEFAULT_MINUTES = 15;

    private BookingParser() {}

    static BookingTables hl7(Section section, ExtractParser extracts) {
        Optional<ZoneId> zone = Optional.of(section.optional("zone").zone(ZoneOffset.UTC));
        return read(
                section, HL7_ATTRIBUTES, HL7_PRIORITIES, extracts.read(section.optional("load"), HL7_ATTRIBUTES, zone));
    }

    static BookingTables fhir(Section section, ExtractParser extracts) {
        return read(
                section,
                FHIR_ATTRIBUTES,
                List.of(),
                extracts.read(section.optional("load"), FHIR_ATTRIBUTES, Optional.empty()));
    }

    private static BookingTables read(
            Section section,
            List<String> attributes,
            List<Map.Entry<TextPattern, Priority>> priorities,
            Optional<ExtractSettings> load) {
        Item service = section.optional("defaultService");
        return new BookingTables(
                TableParser.ids(section.optional("services"), attributes, false),
                service.present() ? Optional.of(TableParser.id(service)) : Optional.empty(),
                TableParser.words(section.optional("reasons"), ChangeReason.class, REASONS, List.of()),
                TableParser.words(section.optional("priorities"), Priority.class, PRIORITIES, priorities),
                Duration.ofMinutes(section.optional("defaultMinutes").whole(1, DAY_MINUTES, DEFAULT_MINUTES)),
                load);
    }
}
