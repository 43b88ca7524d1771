package org.knockon.feeds.tables;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules in order: the first that fits decides.
 *
 * @param labels attributes whose value is the id, asked after the rules; only for systems
 */
public record IdTable(List<IdRule> rules, List<String> labels) {

    public IdTable {
        rules = List.copyOf(rules);
        labels = List.copyOf(labels);
    }

    /** The id of a message with these attributes, or empty if nothing fits. */
    public Optional<String> id(Map<String, List<String>> attributes) {
        return rules.stream()
                .filter(rule -> rule.fits(attributes))
                .map(IdRule::id)
                .findFirst()
                .or(() -> labels.stream()
                        .flatMap(label -> attributes.getOrDefault(label, List.of()).stream())
                        .filter(value -> !value.isEmpty())
                        .findFirst());
    }
}
