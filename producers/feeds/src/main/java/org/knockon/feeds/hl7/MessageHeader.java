package org.knockon.feeds.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The segment MSH of a message, or of bytes read one character each, so that an answer can repeat them exactly. */
final class MessageHeader {
    /** Longer ones come from no real sender, and an answer repeats parts of it. */
    private static final int LONGEST = 16 * 1024;
    /** MSH has 25 fields in HL7 2.9. */
    private static final int FIELDS = 30;

    private final Separators separators;
    private final List<String> fields;

    private MessageHeader(Separators separators, List<String> fields) {
        this.separators = separators;
        this.fields = fields;
    }

    /** @param text a message with carriage returns as segment ends */
    static Optional<MessageHeader> of(String text) {
        int end = text.indexOf('\r');
        String msh = end < 0 ? text : text.substring(0, end);
        return msh.length() > LONGEST
                ? Optional.empty()
                : Separators.of(msh).map(separators -> new MessageHeader(separators, split(msh, separators.field())));
    }

    Separators separators() {
        return separators;
    }

    /** The text of a field as written, from MSH-2 on; empty if it is not there. */
    String field(int number) {
        return number - 1 < fields.size() ? fields.get(number - 1) : "";
    }

    /** A component of the field's first repetition as written; empty if it is not there or {@code ""}. */
    String component(int number, int component) {
        String field = field(number);
        int repetition = field.indexOf(separators.repetition());
        List<String> components =
                split(repetition < 0 ? field : field.substring(0, repetition), separators.component());
        String text = component - 1 < components.size() ? components.get(component - 1) : "";
        return Segments.NULL.equals(text) ? "" : text;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0 && parts.size() < FIELDS; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "MessageHeader[" + fields.size() + " fields]";
    }
}
