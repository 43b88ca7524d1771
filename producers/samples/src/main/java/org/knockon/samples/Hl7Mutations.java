package org.knockon.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;

/** Changes messages of HL7 v2 at random. */
public final class Hl7Mutations {

    private static final List<String> HOSTILE = List.of(
            "",
            "\"\"",
            "^^^",
            "&&&",
            "~~~~",
            "\\",
            "\\X\\",
            "\\XFF\\",
            "\\T\\\\T",
            "20261332256199",
            "99991231235959",
            "00000000000000",
            "202603290130",
            "-1",
            "999999999",
            "1e999999999",
            "\0",
            "\u000b",
            "MSH|",
            "A".repeat(300),
            "^".repeat(5_000),
            "&".repeat(5_000),
            "~".repeat(1_500),
            "\u00c4\u00ff",
            "S15",
            "SIU^S15",
            "2.5.1",
            "UNICODE UTF-8",
            "ISO IR87",
            "P",
            "AL");

    private static final int LAST_FIELD = 27;

    private final SplittableRandom random;

    public Hl7Mutations(SplittableRandom random) {
        this.random = random;
    }

    /** Removes, repeats and inserts bytes anywhere. What is planted may then stand in any field. */
    public byte[] bytes(byte[] message) {
        byte[] bytes = message.clone();
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(random.nextInt(20), bytes.length - at);
            byte[] removed = Arrays.copyOfRange(bytes, at, at + length);
            byte[] after = Arrays.copyOfRange(bytes, at + length, bytes.length);
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> randomBytes();
                case 2 -> "|^~\\&\r\n".substring(random.nextInt(7)).getBytes(ISO_8859_1);
                default -> join(removed, removed);
            };
            bytes = join(join(Arrays.copyOf(bytes, at), middle), after);
        }
        return bytes;
    }

    /** Puts hostile texts into fields. What is planted stays in its own field. */
    public byte[] fields(byte[] message) {
        List<String> segments = new ArrayList<>(List.of(new String(message, ISO_8859_1).split("\r")));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(segments.size());
            List<String> fields = new ArrayList<>(List.of(segments.get(at).split("\\|", -1)));
            String hostile = HOSTILE.get(random.nextInt(HOSTILE.size()));
            int field = random.nextInt(1, LAST_FIELD + 1);
            while (fields.size() <= field) {
                fields.add("");
            }
            String old = fields.get(field);
            boolean part = random.nextBoolean() && !old.isEmpty();
            fields.set(field, part ? old.replaceFirst("[^^]+", Matcher.quoteReplacement(hostile)) : hostile);
            segments.set(at, String.join("|", fields));
        }
        return String.join("\r", segments).getBytes(ISO_8859_1);
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[random.nextInt(10)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
