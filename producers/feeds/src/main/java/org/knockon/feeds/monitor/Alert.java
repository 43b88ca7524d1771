package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.schemas.limits.EventTimes;

/**
 * One alert of a message. Times are milliseconds since 1970; empty if missing, no time, or before 2000, such as the zero
 * time of Go.
 */
record Alert(
        boolean firing,
        Map<String, List<String>> labels,
        String fingerprint,
        OptionalLong startsAt,
        OptionalLong endsAt) {

    private static final Pattern SHOWN_NAME = Pattern.compile("[A-Za-z0-9_:.-]{1,60}");
    private static final Pattern SHOWN_LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final int MOST_LABELS = 20;

    /** @throws RefusedMessageException if it has no labels or neither fires nor is resolved */
    static Alert of(JsonNode node, String path) {
        if (!node.path("labels").isObject()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, path + ".labels");
        }
        Map<String, List<String>> labels = new TreeMap<>();
        node.path("labels").properties().forEach(label -> {
            if (label.getValue().isTextual()) {
                labels.put(label.getKey(), List.of(label.getValue().textValue()));
            }
        });
        boolean firing = switch (node.path("status").asText()) {
            case "firing" -> true;
            case "resolved" -> false;
            default -> throw new RefusedMessageException(RefusalReason.BAD_STATUS, path + ".status");
        };
        return new Alert(
                firing,
                labels,
                JsonPaths.text(node, "fingerprint").orElseGet(() -> digest(labels)),
                time(node, "startsAt"),
                time(node, "endsAt"));
    }

    String name() {
        return label("alertname");
    }

    /** Empty if there is no such label. */
    String label(String name) {
        return labels.getOrDefault(name, List.of("")).get(0);
    }

    /** The alert's name and the names of its labels, without their values. */
    String shown() {
        String name = SHOWN_NAME.matcher(name()).matches() ? name() : "-";
        return labels.keySet().stream()
                .filter(label -> SHOWN_LABEL.matcher(label).matches())
                .limit(MOST_LABELS)
                .collect(Collectors.joining(",", name + "{", "}"));
    }

    private static OptionalLong time(JsonNode node, String name) {
        try {
            long time =
                    OffsetDateTime.parse(node.path(name).asText()).toInstant().toEpochMilli();
            return time < EventTimes.EARLIEST ? OptionalLong.empty() : OptionalLong.of(time);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static String digest(Map<String, List<String>> labels) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(labels.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks SHA-256", e);
        }
    }
}
