package org.knockon.feeds.load;

import java.util.List;
import java.util.Map;
import org.knockon.feeds.message.MappedMessage;

/**
 * What one row of an extract became.
 *
 * @param unmappedHashes keyed hashes of the attributes that no rule fits; empty if a rule fits
 */
public record LoadedRow(MappedMessage message, Map<String, List<String>> unmappedHashes) {

    static LoadedRow of(MappedMessage message) {
        return new LoadedRow(message, Map.of());
    }
}
