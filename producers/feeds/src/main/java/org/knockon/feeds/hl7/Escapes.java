package org.knockon.feeds.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The escape sequences of HL7. */
final class Escapes {

    private Escapes() {}

    /** Replaces the sequences for separators and for bytes. All others, such as line breaks in notes, stay. */
    static String decode(String text, Separators separators) {
        int from = text.indexOf(separators.escape());
        if (from < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int done = 0;
        while (from >= 0) {
            int to = text.indexOf(separators.escape(), from + 1);
            if (to < 0) {
                break;
            }
            Optional<String> meant = meaning(text.substring(from + 1, to), separators);
            if (meant.isPresent()) {
                decoded.append(text, done, from).append(meant.get());
                done = to + 1;
                from = text.indexOf(separators.escape(), done);
            } else {
                // The second escape character may begin a sequence itself.
                from = to;
            }
        }
        return decoded.append(text, done, text.length()).toString();
    }

    /** Writes our own text so that none of it is taken for a separator. */
    static String encode(String text, Separators separators) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            String code = code(c, separators);
            if (code == null) {
                encoded.append(c);
            } else {
                encoded.append(separators.escape()).append(code).append(separators.escape());
            }
        }
        return encoded.toString();
    }

    private static String code(char c, Separators separators) {
        if (c == separators.field()) {
            return "F";
        } else if (c == separators.component()) {
            return "S";
        } else if (c == separators.subcomponent()) {
            return "T";
        } else if (c == separators.repetition()) {
            return "R";
        }
        return c == separators.escape() ? "E" : null;
    }

    private static Optional<String> meaning(String sequence, Separators separators) {
        return switch (sequence) {
            case "F" -> Optional.of(String.valueOf(separators.field()));
            case "S" -> Optional.of(String.valueOf(separators.component()));
            case "T" -> Optional.of(String.valueOf(separators.subcomponent()));
            case "R" -> Optional.of(String.valueOf(separators.repetition()));
            case "E" -> Optional.of(String.valueOf(separators.escape()));
            default -> sequence.startsWith("X") ? bytes(sequence.substring(1)) : Optional.empty();
        };
    }

    private static Optional<String> bytes(String hex) {
        if (hex.isEmpty() || hex.length() % 2 != 0 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(hex);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }
}
