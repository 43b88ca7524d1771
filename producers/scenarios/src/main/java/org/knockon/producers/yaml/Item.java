package org.knockon.producers.yaml;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value in a YAML file, or the place where one is missing. Every reading method has a fallback for a value that is
 * missing or wrong. A wrong value is always reported; a missing one only if it is required.
 */
public final class Item {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** No exponent: 1e999999 would be a number with a million digits. */
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");

    private static final DateTimeFormatter LOCAL_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private final Node node;
    private final String path;
    private final Problems problems;

    Item(Node node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    public boolean present() {
        return node != null;
    }

    /** Position in the document, such as {@code systems[3].members[0].id}. */
    public String path() {
        return path;
    }

    /** Line of the value, counted from 1; 1 if the value is missing. */
    public int line() {
        return node == null ? 1 : node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** Reports a problem with this value. */
    public void reject(String message, String suggestion) {
        problems.add(node, message, suggestion);
    }

    /** A suggestion for an unknown word: the nearest one that is defined. */
    public static String suggest(String word, Collection<String> defined) {
        return NearestWord.suggest(word, defined);
    }

    /** Reads a mapping. A value of another kind is reported and read as an empty mapping. */
    public Section section() {
        if (node instanceof MappingNode mapping) {
            return new Section(mapping, path, problems);
        }
        if (node != null) {
            wrongKind("a mapping of keys to values");
        }
        return new Section(null, path, problems);
    }

    /** The entries of a list. A single value is not accepted as a list of one. */
    public List<Item> list() {
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            wrongKind("a list");
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (Node child : sequence.getValue()) {
            items.add(new Item(child, path + "[" + items.size() + "]", problems));
        }
        return items;
    }

    /** The texts of a list, or the one text of a single value. */
    public List<String> texts() {
        List<Item> items = node instanceof SequenceNode ? list() : List.of(this);
        return items.stream()
                .map(item -> item.text(""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public String text(String fallback) {
        if (node == null) {
            return fallback;
        }
        if (node instanceof ScalarNode scalar) {
            if (!scalar.getValue().isBlank()) {
                return scalar.getValue().strip();
            }
            reject("'" + path + "' is empty", "give it a value or leave the key out");
            return fallback;
        }
        wrongKind("text");
        return fallback;
    }

    /** The text, which may be empty. */
    public String anyText(String fallback) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        if (node != null) {
            wrongKind("text");
        }
        return fallback;
    }

    public long whole(long least, long most, long fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            wrongKind("a whole number");
            return fallback;
        }
        reject("'" + path + "' is " + text, "it must be between " + least + " and " + most);
        return fallback;
    }

    /** An exact decimal number with at most 6 decimal places. */
    public BigDecimal decimal(BigDecimal least, BigDecimal most, BigDecimal fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        if (!DECIMAL.matcher(text).matches()) {
            wrongKind("a decimal number with at most 6 decimal places");
            return fallback;
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
            return value;
        }
        reject("'" + path + "' is " + text, "it must be between " + least + " and " + most);
        return fallback;
    }

    public double number(double least, double most, double fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            wrongKind("a number");
            return fallback;
        }
        reject("'" + path + "' is " + text, "it must be between " + plain(least) + " and " + plain(most));
        return fallback;
    }

    /** A share from 0 to 1. */
    public double share(double fallback) {
        String text = text(null);
        if (text != null && text.endsWith("%")) {
            reject("'" + path + "' is " + text, "write a share as a number between 0 and 1, such as 0.25");
            return fallback;
        }
        return number(0, 1, fallback);
    }

    public boolean flag(boolean fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        if (!text.equals("true") && !text.equals("false")) {
            reject("'" + path + "' is " + text, "write true or false");
            return fallback;
        }
        return text.equals("true");
    }

    /** A duration in milliseconds, written as 90s, 15m, 4h or 3d. */
    public long span(long fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            reject("'" + path + "' is '" + text + "'", "write a duration as 90s, 15m, 4h or 3d");
            return fallback;
        }
        Duration unit = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return Long.parseLong(matcher.group(1)) * unit.toMillis();
    }

    public LocalDate date(LocalDate fallback) {
        return temporal(LocalDate::parse, fallback, "write a date as 2022-07-19");
    }

    public LocalTime timeOfDay(LocalTime fallback) {
        return temporal(LocalTime::parse, fallback, "write a time of day as \"09:30\"");
    }

    /**
     * Local time in the zone, as epoch milliseconds. A time that occurs twice, because the clock goes back, needs its
     * offset. A time that the clock skips is reported.
     */
    public long instant(ZoneId zone, long fallback) {
        TemporalAccessor written = temporal(
                text -> LOCAL_TIME.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from),
                null,
                "write local time as 2022-07-19T14:05 (seconds may follow)");
        if (written == null) {
            return fallback;
        }
        LocalDateTime local = LocalDateTime.from(written);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (written instanceof OffsetDateTime exact) {
            if (offsets.contains(exact.getOffset())) {
                return exact.toInstant().toEpochMilli();
            }
            reject(
                    "'" + path + "' is '" + text(null) + "', but " + zone + " does not have this offset at that time",
                    write(local, offsets));
            return fallback;
        }
        if (offsets.size() == 1) {
            return local.toInstant(offsets.get(0)).toEpochMilli();
        }
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        reject(
                "'" + path + "' is '" + text(null) + "', which "
                        + (change.isGap() ? "does not exist in " : "occurs twice in ") + zone + ": the clock goes "
                        + (change.isGap() ? "forward" : "back") + " from " + change.getDateTimeBefore() + " to "
                        + change.getDateTimeAfter(),
                change.isGap() ? write(local.plus(change.getDuration()), List.of()) : write(local, offsets));
        return fallback;
    }

    private static String write(LocalDateTime local, List<ZoneOffset> offsets) {
        return "write "
                + (offsets.isEmpty()
                        ? local
                        : offsets.stream()
                                .map(offset -> local + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId()))
                                .collect(Collectors.joining(" or ")));
    }

    public ZoneId zone(ZoneId fallback) {
        return temporal(ZoneId::of, fallback, "write a zone as Europe/London");
    }

    public <E extends Enum<E>> E oneOf(Class<E> type, Collection<E> allowed, E fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        Optional<E> match = Arrays.stream(type.getEnumConstants())
                .filter(allowed::contains)
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (match.isEmpty()) {
            List<String> names = allowed.stream().map(Enum::name).sorted().toList();
            reject("'" + text + "' is not allowed as '" + path + "'", NearestWord.suggest(text, names));
        }
        return match.orElse(fallback);
    }

    /** The name of an item that is defined elsewhere in the file. */
    public String reference(String what, Collection<String> defined, String fallback) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        if (!defined.contains(text)) {
            reject("there is no " + what + " '" + text + "'", NearestWord.suggest(text, defined));
            return fallback;
        }
        return text;
    }

    private <T> T temporal(Function<String, T> parse, T fallback, String suggestion) {
        String text = text(null);
        if (text == null) {
            return fallback;
        }
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            reject("'" + path + "' is '" + text + "'", suggestion);
            return fallback;
        }
    }

    private void wrongKind(String expected) {
        String found = node instanceof ScalarNode scalar
                ? "'" + scalar.getValue() + "'"
                : node instanceof SequenceNode ? "a list" : "a mapping";
        reject("'" + path + "' must be " + expected + " but is " + found, "");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
