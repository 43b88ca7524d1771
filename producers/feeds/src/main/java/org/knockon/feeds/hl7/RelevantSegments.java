package org.knockon.feeds.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;

/**
 * Selects what the map reads from a message before the parser sees it: names and addresses stay out, Z segments and
 * unusual places do no harm, and what a hostile message can cost is bounded. A parsed message takes 60 times its size.
 */
final class RelevantSegments {
    /** A real message has some 4 kB of relevant fields. */
    private static final int MOST_CHARACTERS = 64 * 1024;
    /** The parser makes an object of each repetition. */
    private static final int MOST_REPETITIONS = 1_000;
    /** It makes a group of many objects of each resource. */
    private static final int MOST_SEGMENTS = 500;
    /** Only the beginning of a note can be a reason. */
    private static final int LONGEST_NOTE = 1_000;

    /** Each segment that is read, in the order of the standard, and its last field that is read. */
    private static final Map<String, Integer> STANDARD = standard();

    private static final Set<String> RESOURCES = Set.of("AIS", "AIG", "AIL", "AIP");

    private final Map<String, Integer> lastFields;

    /** @param startFrom fields that the feed's settings name besides the standard ones */
    RelevantSegments(List<FieldRef> startFrom) {
        this.lastFields = new LinkedHashMap<>(STANDARD);
        startFrom.forEach(field -> lastFields.merge(field.segment(), field.field(), Math::max));
    }

    /**
     * Text for the parser: always of one type and version, for they decide only which class it fills.
     *
     * @param refusal present if the message cannot be read; then there is no text
     */
    record Selection(String text, Optional<Refusal> refusal) {}

    Selection of(String message, Separators separators) {
        Map<String, List<String>> selected = new HashMap<>();
        boolean afterSch = false;
        int characters = 0;
        int repetitions = 0;
        int segments = 0;
        int from = message.indexOf('\r') + 1;
        while (from > 0 && from < message.length()) {
            int end = message.indexOf('\r', from);
            int to = end < 0 ? message.length() : end;
            String name = name(message, from, to, separators);
            if (name.equals("MSH")) {
                // A second message in the same frame would be lost with a positive answer.
                return refused(RefusalReason.UNREADABLE, "MSH");
            }
            boolean wanted = name.equals("NTE") ? afterSch : lastFields.containsKey(name);
            if (wanted) {
                String segment = cut(message, from, to, name, separators);
                characters += segment.length();
                repetitions += count(segment, separators.repetition());
                segments++;
                if (characters > MOST_CHARACTERS || repetitions > MOST_REPETITIONS || segments > MOST_SEGMENTS) {
                    return refused(RefusalReason.TOO_LARGE, name);
                }
                List<String> same = selected.computeIfAbsent(name, any -> new ArrayList<>());
                if (name.equals("SCH") && !same.isEmpty()) {
                    // So would a second appointment.
                    return refused(RefusalReason.UNREADABLE, name);
                }
                if (!name.equals("PID") || same.isEmpty()) {
                    same.add(segment);
                }
            }
            if (!name.equals("NTE") && !name.equals("TQ1")) {
                afterSch = name.equals("SCH");
            }
            from = end < 0 ? 0 : to + 1;
        }
        if (!selected.containsKey("SCH")) {
            return refused(RefusalReason.UNREADABLE, "SCH");
        }
        return new Selection(text(selected, separators), Optional.empty());
    }

    private String text(Map<String, List<String>> selected, Separators separators) {
        char field = separators.field();
        String msh = "MSH" + field + separators.encodingCharacters()
                + String.valueOf(field).repeat(7) + "SIU"
                + separators.component() + "S12" + separators.component() + "SIU_S12" + field + "1" + field + "P"
                + field + SegmentParser.VERSION;
        StringBuilder text = new StringBuilder(msh).append('\r');
        boolean inGroup = false;
        for (String name : lastFields.keySet()) {
            if (RESOURCES.contains(name) && selected.containsKey(name) && !inGroup) {
                inGroup = true;
                text.append("RGS").append(field).append("1\r");
            }
            selected.getOrDefault(name, List.of())
                    .forEach(segment -> text.append(segment).append('\r'));
        }
        return text.toString();
    }

    /** The first field of the first such segment, decoded; empty if it is not there. */
    static String firstField(String message, String segment, Separators separators) {
        int at = message.indexOf("\r" + segment + separators.field());
        if (at < 0) {
            return "";
        }
        int from = at + segment.length() + 2;
        int to = from;
        while (to < message.length() && message.charAt(to) != '\r' && message.charAt(to) != separators.field()) {
            to++;
        }
        return Escapes.decode(message.substring(from, to), separators);
    }

    private static String name(String message, int from, int to, Separators separators) {
        return message.substring(from, indexOf(message, separators.field(), from, to))
                .strip();
    }

    private String cut(String message, int from, int to, String name, Separators separators) {
        int last = lastFields.get(name);
        int start = indexOf(message, separators.field(), from, to);
        int end = start;
        for (int field = 0; field < last && end < to; field++) {
            end = indexOf(message, separators.field(), end + 1, to);
        }
        end = name.equals("NTE") ? Math.min(end, start + LONGEST_NOTE) : end;
        return name + message.substring(start, end);
    }

    /** The place of the character, or {@code to} if it is not before that. */
    private static int indexOf(String text, char c, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != c) {
            at++;
        }
        return at;
    }

    private static int count(String text, char c) {
        int count = 0;
        for (int at = text.indexOf(c); at >= 0; at = text.indexOf(c, at + 1)) {
            count++;
        }
        return count;
    }

    private static Selection refused(RefusalReason reason, String where) {
        return new Selection("", Optional.of(new Refusal(reason, where)));
    }

    private static Map<String, Integer> standard() {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put("SCH", 25);
        fields.put("TQ1", 9);
        fields.put("NTE", 3);
        fields.put("PID", 3);
        fields.put("PV1", 3);
        fields.put("PV2", 8);
        fields.put("AIS", 8);
        fields.put("AIG", 10);
        fields.put("AIL", 8);
        fields.put("AIP", 8);
        return fields;
    }
}
