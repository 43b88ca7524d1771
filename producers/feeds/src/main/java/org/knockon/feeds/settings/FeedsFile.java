package org.knockon.feeds.settings;

import java.util.List;
import java.util.Optional;

/**
 * A valid feeds file.
 *
 * @param pseudonyms present if a feed carries appointments of patients
 * @param warnings what is allowed but probably not wanted, one line each
 */
public record FeedsFile(
        HttpSettings http, Optional<PseudonymSettings> pseudonyms, List<FeedSettings> feeds, List<String> warnings) {

    public FeedsFile {
        feeds = List.copyOf(feeds);
        warnings = List.copyOf(warnings);
    }
}
