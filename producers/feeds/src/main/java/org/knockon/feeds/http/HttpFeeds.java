package org.knockon.feeds.http;

import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.settings.Credential;

/**
 * What the server offers, once the feeds are open.
 *
 * @param posts feeds that receive requests, by name
 * @param journals messages of all feeds, by name of the feed
 */
public record HttpFeeds(Map<String, Post> posts, Map<String, FeedJournal> journals) {

    /** A feed and what a sender must show. */
    public record Post(HttpFeed feed, Optional<Credential> credential) {}

    public HttpFeeds {
        posts = Map.copyOf(posts);
        journals = Map.copyOf(journals);
    }
}
