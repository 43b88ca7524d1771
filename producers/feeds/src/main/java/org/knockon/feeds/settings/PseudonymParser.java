package org.knockon.feeds.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the key of the pseudonyms, and the identifiers of patients in order. */
final class PseudonymParser {

    private static final int LEAST_BYTES = 32;

    private final FileValues files;

    PseudonymParser(FileValues files) {
        this.files = files;
    }

    Optional<PseudonymSettings> read(Item item) {
        try (Section section = item.section()) {
            Optional<KeyedHash> hash = hash(section.required("keyFile"));
            List<IdentifierRule> identifiers = identifiers(section.required("identifiers"));
            return hash.map(key -> new PseudonymSettings(key, identifiers));
        }
    }

    private Optional<KeyedHash> hash(Item item) {
        Optional<byte[]> key = files.secret(item).map(PseudonymParser::withoutNewline);
        if (key.isPresent() && key.get().length < LEAST_BYTES) {
            item.reject(
                    "'" + item.path() + "': the key has " + key.get().length + " bytes, but needs at least "
                            + LEAST_BYTES,
                    "make one with 'knockon ingest --new-key FILE'");
            return Optional.empty();
        }
        return key.map(KeyedHash::new);
    }

    private static byte[] withoutNewline(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static List<IdentifierRule> identifiers(Item item) {
        List<IdentifierRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Item> entries = item.list();
        if (item.present() && entries.isEmpty()) {
            item.reject("'" + item.path() + "' has no entry", "");
        }
        for (Item entry : entries) {
            try (Section section = entry.section()) {
                Item name = section.required("name");
                IdentifierRule rule = new IdentifierRule(
                        name.text(""),
                        texts(section.optional("hl7")),
                        texts(section.optional("fhir")),
                        section.optional("any").flag(false));
                if (rule.name().contains("|")) {
                    name.reject("'" + name.path() + "' contains |", "");
                }
                if (!rule.name().isEmpty() && !names.add(rule.name())) {
                    name.reject("the identifier '" + rule.name() + "' is given twice", "");
                }
                if (rule.hl7().isEmpty() && rule.fhir().isEmpty() && !rule.any()) {
                    section.reject("the identifier '" + rule.name() + "' fits nothing", "give hl7, fhir or any: true");
                }
                rules.add(rule);
            }
        }
        return rules;
    }

    private static List<String> texts(Item item) {
        return item.list().stream()
                .map(entry -> entry.text(""))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
