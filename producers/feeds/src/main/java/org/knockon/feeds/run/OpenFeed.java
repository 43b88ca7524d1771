package org.knockon.feeds.run;

import java.util.Optional;

/**
 * A feed that receives messages.
 *
 * @param kind as in the feeds file
 * @param host to which senders connect; empty if they use HTTP, or if the feed has none
 * @param port with {@code host}; 0 without it
 * @param url to which senders post; empty if they do not
 */
public record OpenFeed(String name, String kind, Optional<String> host, int port, Optional<String> url) {}
