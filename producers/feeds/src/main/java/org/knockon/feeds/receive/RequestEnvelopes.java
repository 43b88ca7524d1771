package org.knockon.feeds.receive;

import java.util.Optional;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.pseudonym.KeyedHash;

/** What is known of HTTP requests besides what they say. */
final class RequestEnvelopes {

    private static final int LONGEST_ID = 200;

    private final Optional<KeyedHash> hash;

    /** @param hash empty if the feeds file has no key, because no feed carries patients */
    RequestEnvelopes(Optional<KeyedHash> hash) {
        this.hash = hash;
    }

    /** @param type of the message, such as the kind of the feed */
    Envelope of(FeedRequest request, String type, long receivedAt) {
        String id = request.header("x-request-id").orElse("");
        return new Envelope(
                id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID),
                type,
                request.body().length,
                hash.map(key -> key.hex(request.body())).orElse(""),
                receivedAt);
    }

    /** Of something that we fetched. */
    Envelope of(byte[] fetched, String type, long receivedAt) {
        return new Envelope(
                "", type, fetched.length, hash.map(key -> key.hex(fetched)).orElse(""), receivedAt);
    }

    /** Of a request whose body was not read. */
    static Envelope unread(String type, long bytes, long receivedAt) {
        return new Envelope("", type, bytes, "", receivedAt);
    }
}
