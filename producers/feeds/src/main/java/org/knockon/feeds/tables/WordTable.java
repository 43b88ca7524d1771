package org.knockon.feeds.tables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Texts of a sender and what they mean here, such as the reasons of changes. Spaces around a text and its case do not
 * count; of a whole text and a beginning that both fit, the one written first decides.
 */
public record WordTable<V>(List<Map.Entry<TextPattern, V>> entries) {

    public WordTable {
        entries = entries.stream()
                .map(entry -> Map.entry(
                        new TextPattern(
                                entry.getKey().text().toLowerCase(Locale.ROOT),
                                entry.getKey().prefix()),
                        entry.getValue()))
                .toList();
    }

    public Optional<V> of(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return entries.stream()
                .filter(entry -> entry.getKey().fits(plain))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
