package org.knockon.systemtests.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which keys and values a document may have: {@code keys.yaml} in the resources of the tests. */
final class KeyRules {

    private static final String ANY_KEY = "*";
    private static final String QUANTITY = "[0-9]+(m|[KMGT]i)?";

    private final Map<String, Object> kinds;

    KeyRules() {
        try (InputStream in = KeyRules.class.getResourceAsStream("/kubernetes/keys.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            kinds = Manifest.parse("keys.yaml", text).get(0).map("kinds");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line for each key or value that is not allowed. */
    List<String> problems(Manifest manifest) {
        Object rule = kinds.get(manifest.kind());
        if (rule == null) {
            return List.of(manifest + ": unknown kind");
        }
        List<String> problems = new ArrayList<>();
        manifest.content().forEach((key, value) -> {
            if (!key.equals("kind")) {
                child(manifest + ": ", Manifest.map(rule), key, value, problems);
            }
        });
        return problems;
    }

    private static void child(String at, Map<String, Object> rules, String key, Object value, List<String> problems) {
        Object rule = rules.getOrDefault(key, rules.get(ANY_KEY));
        if (rule == null) {
            problems.add(at + key + ": unknown key");
        } else {
            check(at + key, rule, value, problems);
        }
    }

    private static void check(String at, Object rule, Object value, List<String> problems) {
        if (rule instanceof Map<?, ?> && value instanceof Map<?, ?>) {
            Manifest.map(value).forEach((key, inner) -> child(at + ".", Manifest.map(rule), key, inner, problems));
        } else if (rule instanceof List<?> of && value instanceof List<?> items) {
            items.forEach(item -> check(at + "[]", of.get(0), item, problems));
        } else if (!(rule instanceof String words)
                || Stream.of(words.split(" or ")).noneMatch(w -> is(w, value))) {
            problems.add(at + ": " + value + " is not " + (rule instanceof String ? rule : "of the right shape"));
        }
    }

    private static boolean is(String word, Object value) {
        return switch (word) {
            case "text" -> value instanceof String;
            case "number" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "quantity" -> value instanceof String quantity && quantity.matches(QUANTITY);
            default -> word.equals(value);
        };
    }
}
