package org.knockon.feeds.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request to a feed, read to its end. The body is not copied, and nobody may change it.
 *
 * @param method such as {@code POST}
 * @param path below the feed's base, decoded, without the query: {@code ""}, {@code "/"} or {@code "/Appointment/12"}
 * @param headers by name in whatever case; of a repeated header its first value
 */
public record FeedRequest(String method, String path, Map<String, String> headers, byte[] body) {

    public FeedRequest {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The type and subtype of the body in lower case, without parameters; empty if there is no such header. */
    public String mediaType() {
        return header("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** Whether the header leaves the character set open or names UTF-8, the only one of JSON. */
    public boolean utf8() {
        String[] parts =
                header("content-type").orElse("").toLowerCase(Locale.ROOT).split(";");
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("charset=")) {
                String charset = parameter.substring("charset=".length()).replace("\"", "");
                return charset.equals("utf-8") || charset.equals("us-ascii");
            }
        }
        return true;
    }

    /** Names method and path, without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "FeedRequest[" + method + ", " + body.length + " bytes]";
    }
}
