package org.knockon.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for people. */
public final class Figures {

    private static final long MEBI = 1024 * 1024;

    private Figures() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12,345 records}, {@code 1 record}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 8.4 s}, {@code 1 min 20 s} or {@code 2 h 5 min}. */
    public static String span(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1e3);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** {@code 8 s}, {@code 1 min 20 s} or {@code 2 h 5 min}. */
    public static String wholeSpan(Duration span) {
        return span.toSeconds() < 60 ? span.toSeconds() + " s" : span(span);
    }

    /** {@code 1,234 MiB}. */
    public static String mebibytes(long bytes) {
        return count(bytes / MEBI) + " MiB";
    }
}
