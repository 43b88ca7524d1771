package org.knockon.feeds.hl7;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Refusal;

/** The answer to a message. What it repeats of the message, it repeats byte by byte. */
public final class Acknowledgement {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern TRIGGER = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final Pattern PLACE = Pattern.compile("([A-Z][A-Z0-9]{2})(?:-(\\d+)(?:\\.(\\d+))?)?");
    /** MSH-9 of an answer had one component until HL7 2.3. A message without MSH-12 is read as 2.3. */
    private static final Set<String> ONE_COMPONENT = Set.of("", "2.0", "2.1", "2.2", "2.3");

    private Acknowledgement() {}

    /**
     * The answer without the bytes that frame it.
     *
     * @param mapped any outcome but UNAVAILABLE, which gets no answer
     * @param controlId MSH-10 of the answer, at most 20 letters and digits
     */
    public static byte[] of(
            Hl7Message message, MappedMessage mapped, RefusalAnswer onRefusal, String controlId, Instant time) {
        Optional<MessageHeader> header = message.rawHeader();
        Separators separators = header.map(MessageHeader::separators).orElse(Separators.STANDARD);
        Optional<Refusal> refusal = onRefusal == RefusalAnswer.ACCEPT ? Optional.empty() : mapped.refusal();
        char field = separators.field();
        StringBuilder answer = new StringBuilder("MSH").append(field);
        answer.append(header.map(msh -> msh.field(2)).orElse(separators.encodingCharacters()));
        for (int number : new int[] {5, 6, 3, 4}) {
            answer.append(field).append(raw(header, number, ""));
        }
        answer.append(field).append(TIME.format(time)).append(field);
        answer.append(field).append(type(header, separators));
        answer.append(field).append(controlId);
        answer.append(field).append(raw(header, 11, "P"));
        answer.append(field).append(raw(header, 12, SegmentParser.VERSION)).append('\r');
        answer.append("MSA").append(field).append(code(header, refusal));
        answer.append(field).append(raw(header, 10, "")).append('\r');
        refusal.ifPresent(why -> answer.append(error(why, separators)).append('\r'));
        return answer.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String raw(Optional<MessageHeader> header, int number, String otherwise) {
        return header.map(msh -> msh.field(number)).orElse(otherwise);
    }

    private static String type(Optional<MessageHeader> header, Separators separators) {
        String version = header.map(msh -> msh.component(12, 1).strip()).orElse("");
        String trigger = header.map(msh -> msh.component(9, 2).strip()).orElse("");
        return ONE_COMPONENT.contains(version) || !TRIGGER.matcher(trigger).matches()
                ? "ACK"
                : "ACK" + separators.component() + trigger + separators.component() + "ACK";
    }

    private static String code(Optional<MessageHeader> header, Optional<Refusal> refusal) {
        boolean enhanced = header.map(msh -> msh.component(15, 1)).orElse("").equals("AL");
        String code = refusal.map(why -> switch (why.reason()) {
                    case WRONG_TYPE, WRONG_VERSION, NOT_PRODUCTION -> "R";
                    default -> "E";
                })
                .orElse("A");
        return (enhanced ? "C" : "A") + code;
    }

    private static String error(Refusal refusal, Separators separators) {
        char field = separators.field();
        char component = separators.component();
        String[] code = table357(refusal).split(":", 2);
        String text = refusal.where().isEmpty()
                ? refusal.reason().text()
                : refusal.where() + ": " + refusal.reason().text();
        return "ERR" + field + field + place(refusal.where(), component) + field + code[0] + component + code[1]
                + component + "HL70357" + field + "E" + String.valueOf(field).repeat(4)
                + Escapes.encode(text, separators);
    }

    /** Segment, its number, field, repetition and component, as far as the refusal names them. */
    private static String place(String where, char component) {
        Matcher place = PLACE.matcher(where);
        if (!place.matches()) {
            return "";
        }
        StringBuilder text = new StringBuilder(place.group(1)).append(component).append('1');
        if (place.group(2) != null) {
            text.append(component).append(place.group(2));
        }
        if (place.group(3) != null) {
            text.append(component).append('1').append(component).append(place.group(3));
        }
        return text.toString();
    }

    private static String table357(Refusal refusal) {
        return switch (refusal.reason()) {
            case WRONG_TYPE -> "200:Unsupported message type";
            case NOT_PRODUCTION -> "202:Unsupported processing id";
            case WRONG_VERSION -> "203:Unsupported version id";
            case MISSING_ID, MISSING_SLOT, MISSING_SERVICE -> "101:Required field missing";
            case UNREADABLE ->
                refusal.where().isEmpty() ? "207:Application internal error" : "101:Required field missing";
            case BAD_TIME, BAD_FIELD -> "102:Data type error";
            case BAD_STATUS -> "103:Table value not found";
            case TOO_LARGE, TOO_DEEP, UNAUTHORISED -> "207:Application internal error";
        };
    }
}
