package org.knockon.schemas.limits;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A limit on one field.
 *
 * @param <V> plain record that has the field
 */
public sealed interface Limit<V> {

    /** Path of the field in the schema, such as {@code requires[].systemId}. */
    String field();

    /** The limit as a sentence, exactly as in the schema docs and docs/topics.md: {@code At most 256 bytes.} */
    String sentence();

    /**
     * Returns the reason for refusing the value, or null if the field is within its limit. The reason names the field
     * and never quotes its text.
     *
     * @param latest see {@link InputLimits#latest}
     */
    String refusal(V value, long latest);

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Length of a text, in UTF-8 bytes. */
    record Text<V>(String field, TextKind kind, int bytes, Function<V, String> read) implements Limit<V> {
        @Override
        public String sentence() {
            return "At most " + grouped(bytes) + " bytes.";
        }

        @Override
        public String refusal(V value, long latest) {
            return kind.refusal(field, read.apply(value), bytes);
        }
    }

    /** Length of each text in a list, in UTF-8 bytes. */
    record Texts<V>(String field, TextKind kind, int bytes, Function<V, Collection<String>> read) implements Limit<V> {
        @Override
        public String sentence() {
            return "Each at most " + grouped(bytes) + " bytes.";
        }

        @Override
        public String refusal(V value, long latest) {
            for (String text : read.apply(value)) {
                String refusal = kind.refusal(field, text, bytes);
                if (refusal != null) {
                    return refusal;
                }
            }
            return null;
        }
    }

    /** Length of a list. */
    record Entries<V>(String field, int entries, ToIntFunction<V> read) implements Limit<V> {
        @Override
        public String sentence() {
            return "At most " + grouped(entries) + " entries.";
        }

        @Override
        public String refusal(V value, long latest) {
            int size = read.applyAsInt(value);
            return size <= entries ? null : field + " has " + size + " entries: at most " + entries + " are accepted";
        }
    }

    /** A whole number, both ends included. */
    record Whole<V>(String field, long from, long to, ToLongFunction<V> read) implements Limit<V> {
        @Override
        public String sentence() {
            return to == Long.MAX_VALUE
                    ? "At least " + grouped(from) + "."
                    : "From " + grouped(from) + " to " + grouped(to) + ".";
        }

        @Override
        public String refusal(V value, long latest) {
            long number = read.applyAsLong(value);
            return number >= from && number <= to
                    ? null
                    : field + " is " + number + ", outside its range: " + sentence();
        }
    }

    /**
     * An exact decimal number, both ends included; null is accepted.
     *
     * @param places most decimal places
     */
    record Decimal<V>(String field, BigDecimal from, BigDecimal to, int places, Function<V, BigDecimal> read)
            implements Limit<V> {
        @Override
        public String sentence() {
            return "From " + from + " to " + to + ", with at most " + places + " decimal places.";
        }

        @Override
        public String refusal(V value, long latest) {
            BigDecimal number = read.apply(value);
            boolean accepted = number == null
                    || (number.compareTo(from) >= 0 && number.compareTo(to) <= 0 && number.scale() <= places);
            // toString, never toPlainString: 1E+999999 in full is a million digits.
            return accepted ? null : field + " is " + number + ", outside its range: " + sentence();
        }
    }

    /**
     * A time.
     *
     * @param recorded whether this is the time at which something was recorded, which cannot be in the future; a slot
     *     can
     */
    record Time<V>(String field, boolean recorded, ToLongFunction<V> read) implements Limit<V> {
        @Override
        public String sentence() {
            return "From 2000 to 2099.";
        }

        @Override
        public String refusal(V value, long latest) {
            return EventTimes.refusal(field, read.applyAsLong(value), recorded ? latest : EventTimes.LATEST);
        }
    }

    /**
     * A condition on several fields.
     *
     * @param field the field that the sentence describes
     * @param check returns the reason, or null if the condition holds
     */
    record Relation<V>(String field, String sentence, Function<V, String> check) implements Limit<V> {
        @Override
        public String refusal(V value, long latest) {
            return check.apply(value);
        }
    }

    /** A limit that applies only to some values. */
    record When<V>(Predicate<V> condition, Limit<V> limit) implements Limit<V> {
        @Override
        public String field() {
            return limit.field();
        }

        @Override
        public String sentence() {
            return limit.sentence();
        }

        @Override
        public String refusal(V value, long latest) {
            return condition.test(value) ? limit.refusal(value, latest) : null;
        }
    }
}
