package org.knockon.feeds.settings;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.load.ExtractColumns;
import org.knockon.feeds.load.ExtractField;
import org.knockon.feeds.load.ExtractTimes;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads how an extract of a booking system looks. */
final class ExtractParser {

    private final Optional<List<String>> identifiers;

    /** @param patients kinds of identifiers that a column may hold; empty if they are not known */
    ExtractParser(Optional<PseudonymSettings> patients) {
        identifiers = patients.map(settings ->
                settings.identifiers().stream().map(IdentifierRule::name).toList());
    }

    /**
     * @param attributes of the rules of services
     * @param zone of the feed; empty if the extract has to name one
     */
    Optional<ExtractSettings> read(Item item, List<String> attributes, Optional<ZoneId> zone) {
        if (!item.present()) {
            return Optional.empty();
        }
        try (Section section = item.section()) {
            return Optional.of(new ExtractSettings(
                    columns(section.required("columns"), attributes),
                    TableParser.wordsOrIgnored(section.optional("statuses"), Hl7Parser.STATUSES, List.of()),
                    times(section.optional("times")),
                    zone.orElseGet(() -> section.required("zone").zone(ZoneOffset.UTC)),
                    Hl7Parser.charset(section.optional("charset")),
                    separator(section.optional("separator"))));
        }
    }

    private ExtractColumns columns(Item item, List<String> attributes) {
        Map<ExtractField, List<String>> fields = new EnumMap<>(ExtractField.class);
        Map<String, List<String>> names = new LinkedHashMap<>();
        try (Section section = item.section()) {
            for (ExtractField field : ExtractField.values()) {
                Item value = field.required() ? section.required(field.key()) : section.optional(field.key());
                if (value.present()) {
                    fields.put(field, value.texts());
                }
            }
            for (String attribute : attributes) {
                Item value = section.optional(attribute);
                if (value.present()) {
                    names.put(attribute, value.texts());
                }
            }
            Item minutes = section.optional(ExtractField.MINUTES.key());
            if (minutes.present() && section.has(ExtractField.SLOT_END.key())) {
                minutes.reject("'" + minutes.path() + "' is given beside slotEnd", "give one of them");
            }
            return new ExtractColumns(fields, names, identifiers(section.optional("identifiers")));
        }
    }

    private Map<String, String> identifiers(Item item) {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Section section = item.section()) {
            section.entries().forEach((name, column) -> {
                if (identifiers.isPresent() && !identifiers.get().contains(name)) {
                    section.rejectUnknownKey(name, "identifier in 'pseudonyms'", identifiers.get());
                }
                columns.put(name, column.text(""));
            });
        }
        return columns;
    }

    private static List<DateTimeFormatter> times(Item item) {
        List<DateTimeFormatter> forms = new ArrayList<>();
        for (Item entry : item.list()) {
            String pattern = entry.text(null);
            if (pattern != null) {
                try {
                    forms.add(ExtractTimes.form(pattern));
                } catch (IllegalArgumentException e) {
                    entry.reject(
                            "'" + entry.path() + "' is '" + pattern + "': " + e.getMessage(),
                            "write the form of a time as \"dd/MM/yyyy HH:mm\"");
                }
            }
        }
        return forms;
    }

    private static char separator(Item item) {
        String text = item.text(",");
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.equals("\"") || Character.isLetterOrDigit(text.charAt(0))) {
            item.reject("'" + item.path() + "' is '" + text + "'", "write \",\", \";\", \"|\" or tab");
            return ',';
        }
        return text.charAt(0);
    }
}
