package org.knockon.feeds.tables;

import java.util.List;
import java.util.Map;

/**
 * Messages with these attributes mean this id.
 *
 * @param match pattern of each attribute; all must fit, and for each one value of the attribute is enough
 */
public record IdRule(Map<String, TextPattern> match, String id) {

    public IdRule {
        match = Map.copyOf(match);
    }

    boolean fits(Map<String, List<String>> attributes) {
        return match.entrySet().stream()
                .allMatch(entry -> attributes.getOrDefault(entry.getKey(), List.of()).stream()
                        .anyMatch(entry.getValue()::fits));
    }

    /** Whether all patterns are whole texts, so that hashed attributes are enough to apply the rule. */
    public boolean exact() {
        return match.values().stream().noneMatch(TextPattern::prefix);
    }
}
