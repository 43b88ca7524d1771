package org.knockon.impact.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Identity of an outage: its system and its start. Its text is the key on {@code outages}.
 *
 * @param startedAt epoch milliseconds
 */
public record OutageId(String systemId, long startedAt) {

    /** Follows the systemId. A systemId may contain it too, an instant never does, so the last one counts. */
    private static final char SEPARATOR = '@';

    /** Inverse of {@link #toString()}; empty for any other text. */
    public static Optional<OutageId> parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        if (at < 1) {
            return Optional.empty();
        }
        try {
            long startedAt = Instant.parse(text.substring(at + 1)).toEpochMilli();
            OutageId parsed = new OutageId(text.substring(0, at), startedAt);
            return parsed.toString().equals(text) ? Optional.of(parsed) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /**
     * The systemId of an outage id, without the cost of parsing the instant.
     *
     * @param outageId text of an id that this build made
     */
    public static String systemIdOf(String outageId) {
        return outageId.substring(0, outageId.lastIndexOf(SEPARATOR));
    }

    /** {@code systemId@startedAt}, the instant in ISO-8601: {@code pas@2022-07-19T14:10:00Z}. */
    @Override
    public String toString() {
        return systemId + SEPARATOR + Instant.ofEpochMilli(startedAt);
    }
}
