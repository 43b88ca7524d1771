package org.knockon.feeds.hl7;

import java.util.List;
import java.util.Map;
import org.knockon.feeds.message.MappedMessage;

/**
 * What one message became.
 *
 * @param unmappedHashes keyed hashes of the attributes that no rule fits, to apply a rule that is added later; empty if
 *     a rule fits
 */
public record Hl7Mapping(MappedMessage message, Map<String, List<String>> unmappedHashes) {

    static Hl7Mapping of(MappedMessage message) {
        return new Hl7Mapping(message, Map.of());
    }
}
