package org.knockon.feeds.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;
import org.knockon.schemas.limits.InputLimits;

/** Reads the tables of a feed: which attributes mean which id, and which texts mean which word. */
final class TableParser {

    private static final String IGNORED = "IGNORED";

    private TableParser() {}

    /**
     * Rules in order.
     *
     * @param attributes that a rule may match; empty if they are the sender's own, such as labels
     * @param labels whether {@code {label: NAME}} is allowed
     */
    static IdTable ids(Item item, List<String> attributes, boolean labels) {
        List<IdRule> rules = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Item entry : item.list()) {
            try (Section section = entry.section()) {
                if (labels && section.has("label")) {
                    Item label = section.required("label");
                    String name = label.text("");
                    requireAttribute(label, name, attributes);
                    names.add(name);
                } else {
                    if (!names.isEmpty()) {
                        section.reject("a rule after a label is never asked", "put every {label: ...} last");
                    }
                    Map<String, TextPattern> match = match(section.required("match"), attributes);
                    rules.add(new IdRule(match, id(section.required("id"))));
                }
            }
        }
        return new IdTable(rules, names);
    }

    /** Patterns by attribute, at least one. */
    static Map<String, TextPattern> match(Item item, List<String> attributes) {
        Map<String, TextPattern> patterns = new LinkedHashMap<>();
        try (Section section = item.section()) {
            section.entries().forEach((attribute, pattern) -> {
                if (!attributes.isEmpty() && !attributes.contains(attribute)) {
                    section.rejectUnknownKey(attribute, "attribute", attributes);
                }
                patterns.put(attribute, TextPattern.parse(pattern.text("*")));
            });
        }
        if (item.present() && patterns.isEmpty()) {
            item.reject("'" + item.path() + "' matches everything", "name an attribute");
        }
        return patterns;
    }

    /** An id as the topics allow it. */
    static String id(Item item) {
        String id = item.text("");
        if (id.getBytes(StandardCharsets.UTF_8).length > InputLimits.LONGEST_ID
                || id.chars().anyMatch(Character::isISOControl)) {
            item.reject(
                    "'" + item.path() + "' is no id",
                    "an id has at most " + InputLimits.LONGEST_ID + " bytes and no control characters");
        }
        return id;
    }

    /**
     * Texts of the sender and what they mean. Case does not count.
     *
     * @param defaults asked after those of the file
     */
    static <E extends Enum<E>> WordTable<E> words(
            Item item, Class<E> type, List<E> allowed, List<Map.Entry<TextPattern, E>> defaults) {
        return table(item, value -> value.oneOf(type, allowed, allowed.get(0)), defaults);
    }

    /** The same, where a text may also mean that a message is ignored, written {@code IGNORED}. */
    static <E extends Enum<E>> WordTable<Optional<E>> wordsOrIgnored(
            Item item, List<E> allowed, List<Map.Entry<TextPattern, Optional<E>>> defaults) {
        return table(item, value -> orIgnored(value, allowed), defaults);
    }

    /** One of the words, or empty for {@code IGNORED}. */
    static <E extends Enum<E>> Optional<E> orIgnored(Item item, List<E> allowed) {
        String word = item.text(IGNORED).toUpperCase(Locale.ROOT);
        if (word.equals(IGNORED)) {
            return Optional.empty();
        }
        Optional<E> found =
                allowed.stream().filter(each -> each.name().equals(word)).findFirst();
        if (found.isEmpty()) {
            List<String> names =
                    new ArrayList<>(allowed.stream().map(Enum::name).toList());
            names.add(IGNORED);
            item.reject(
                    "'" + item.text("") + "' is not allowed as '" + item.path() + "'",
                    Item.suggest(item.text(""), names));
        }
        return found;
    }

    private static <V> WordTable<V> table(
            Item item, Function<Item, V> value, List<Map.Entry<TextPattern, V>> defaults) {
        List<Map.Entry<TextPattern, V>> entries = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        try (Section section = item.section()) {
            section.entries().forEach((text, meaning) -> {
                if (!texts.add(text.strip().toLowerCase(Locale.ROOT))) {
                    section.rejectKey(text, "'" + text + "' is given twice", "case does not count");
                }
                entries.add(Map.entry(TextPattern.parse(text.strip()), value.apply(meaning)));
            });
        }
        entries.addAll(defaults);
        return new WordTable<>(entries);
    }

    private static void requireAttribute(Item item, String name, Collection<String> attributes) {
        if (!attributes.isEmpty() && !attributes.contains(name)) {
            item.reject("there is no attribute '" + name + "'", Item.suggest(name, attributes));
        }
    }
}
