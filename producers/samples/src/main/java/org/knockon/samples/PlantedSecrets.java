package org.knockon.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the fixtures say of a patient: a surname, numbers, a telephone number, an address, a note. Nothing of it may leave a
 * map, except as a pseudonym.
 */
public final class PlantedSecrets {

    /** In lower case. */
    public static final List<String> ALL = List.of(
            "quibblethorpe",
            "ottoline",
            "araminta",
            "garrulous",
            "9000000009",
            "900 000 0009",
            "020 7946 0009",
            "marzipan");

    private static final String NOTE =
            "Ottoline Quibblethorpe, 9000000009, 1 Garrulous Lane, 020 7946 0009: no marzipan";
    /** These members are meant for us, so that nothing of a patient belongs there. */
    private static final Set<String> MEANT =
            Set.of("labels", "groupLabels", "commonLabels", "data", "text", "reference", "identifier");

    private static final Pattern SURNAME = Pattern.compile("Quibblethorpe", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERED = Pattern.compile("quibblethorpe([0-9]{1,18})z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlantedSecrets() {}

    /** Adds them wherever such a message may hold free text or what is known of a patient. */
    public static Sample planted(Sample sample) {
        return sample.hl7() ? hl7(sample) : http(sample);
    }

    private static Sample hl7(Sample sample) {
        String message = new String(sample.body(), ISO_8859_1);
        if (!message.startsWith("MSH|^~\\&|")) {
            return sample;
        }
        String end = message.contains("\r\n") ? "\r\n" : message.contains("\n") ? "\n" : "\r";
        String added = message
                + (message.endsWith(end) ? "" : end)
                + "NTE|99|L|" + NOTE + end
                + "OBX|99|TX|NOTE||" + NOTE + end
                + "NK1|1|Quibblethorpe^Ottoline|SPO|1 Garrulous Lane^^Nowhere|020 7946 0009" + end
                + "ZPI|" + NOTE;
        return sample.with(sample.headers(), added.getBytes(ISO_8859_1));
    }

    private static Sample http(Sample sample) {
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.put("X-Note", NOTE);
        if (sample.body().length == 0) {
            return sample.with(headers, sample.body());
        }
        StringBuilder lines = new StringBuilder();
        for (String line : lines(sample.body())) {
            try {
                JsonNode tree = JSON.readTree(line);
                plant(tree);
                lines.append(lines.isEmpty() ? "" : "\n").append(tree);
            } catch (IOException e) {
                // No JSON: sent as it is.
                return sample.with(headers, sample.body());
            }
        }
        return sample.with(headers, lines.toString().getBytes(UTF_8));
    }

    /** One value, or one a line. */
    private static List<String> lines(byte[] body) {
        String text = new String(body, UTF_8);
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        boolean oneEach =
                lines.size() > 1 && lines.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        return oneEach ? lines : List.of(text);
    }

    private static void plant(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(member -> !MEANT.contains(member.getKey()))
                    .forEach(member -> plant(member.getValue()));
            object.put("note", NOTE);
        } else {
            node.forEach(PlantedSecrets::plant);
        }
    }

    /** The same with a number behind each surname, so that a surname found somewhere names its message. */
    public static byte[] numbered(byte[] message, long number) {
        String text = new String(message, ISO_8859_1);
        return SURNAME.matcher(text)
                .replaceAll(found -> found.group() + number + "z")
                .getBytes(ISO_8859_1);
    }

    /** The first that a text holds. Case does not count. */
    public static Optional<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(lower::contains).findFirst();
    }

    /** The number of the message whose surname a text holds. */
    public static Optional<Long> numberIn(String text) {
        Matcher matcher = NUMBERED.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }
}
