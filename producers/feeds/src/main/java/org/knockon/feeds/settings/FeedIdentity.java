package org.knockon.feeds.settings;

import java.util.Optional;

/**
 * What every feed has.
 *
 * @param name unique in the file; part of addresses, records and metrics
 * @param namespace first part of the ids of the feed's appointments; may be empty, or the same for several feeds
 * @param credential what a sender must show; empty if it need show nothing, or if the feed does not use HTTP
 */
public record FeedIdentity(String name, FeedKind kind, String namespace, Optional<Credential> credential) {

    /** The id of an appointment that this sender calls {@code own}. */
    public String id(String own) {
        return namespace.isEmpty() ? own : namespace + "/" + own;
    }
}
