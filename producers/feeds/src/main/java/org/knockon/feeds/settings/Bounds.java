package org.knockon.feeds.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.producers.yaml.Item;

/** Reads durations and sizes between bounds. */
final class Bounds {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB)?");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KiB", 1024L, "MiB", 1024L * 1024);

    private Bounds() {}

    static Duration span(Item item, Duration least, Duration most, Duration fallback) {
        Duration span = Duration.ofMillis(item.span(fallback.toMillis()));
        if (span.compareTo(least) >= 0 && span.compareTo(most) <= 0) {
            return span;
        }
        item.reject(
                "'" + item.path() + "' is " + item.text(""),
                "it must be between " + words(least) + " and " + words(most));
        return fallback;
    }

    /** Bytes, written as 65536, 64KiB or 1MiB. */
    static int size(Item item, int least, int most, int fallback) {
        String text = item.text(null);
        if (text == null) {
            return fallback;
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            item.reject("'" + item.path() + "' is '" + text + "'", "write a size as 65536, 64KiB or 1MiB");
            return fallback;
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long bytes = Long.parseLong(matcher.group(1)) * UNITS.get(unit);
        if (bytes < least || bytes > most) {
            item.reject("'" + item.path() + "' is " + text, "it must be between " + least + " and " + most + " bytes");
            return fallback;
        }
        return (int) bytes;
    }

    /** As the file writes it, such as 90s, 15m or 7d. */
    static String words(Duration span) {
        if (span.toMillis() % 1000 != 0) {
            return span.toMillis() + "ms";
        }
        if (span.toSeconds() % 60 != 0 || span.isZero()) {
            return span.toSeconds() + "s";
        }
        if (span.toMinutes() % 60 != 0) {
            return span.toMinutes() + "m";
        }
        return span.toHours() % 24 == 0 ? span.toDays() + "d" : span.toHours() + "h";
    }
}
