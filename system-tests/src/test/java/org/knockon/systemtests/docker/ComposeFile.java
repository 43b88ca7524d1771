package org.knockon.systemtests.docker;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A compose file in docker/, as Compose reads it where no variable is set: with merge keys, defaults of variables, and {@code $$} resolved.
 */
record ComposeFile(Map<String, Object> content) {

    static final Path FOLDER = Path.of("..", "docker");

    private static final String MERGE = "<<";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{[A-Z0-9_]+:-([^}]*)}");

    /** @param file name of the file in docker/ */
    static ComposeFile read(String file) {
        try {
            return parse(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ComposeFile parse(String text) {
        LoadSettings strict =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return new ComposeFile(map(resolved(new Load(strict).loadFromString(text))));
    }

    Map<String, Service> services() {
        return map(content.get("services")).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> new Service(entry.getKey(), map(entry.getValue()))));
    }

    Set<String> volumes() {
        return map(content.get("volumes")).keySet();
    }

    /** One service. */
    record Service(String name, Map<String, Object> content) {

        /** A job ends by itself; everything else is started again. */
        boolean isJob() {
            return "no".equals(content.get("restart"));
        }

        List<String> list(String key) {
            return content.get(key) instanceof List<?> values
                    ? values.stream().map(String::valueOf).toList()
                    : List.of();
        }

        Map<String, Object> map(String key) {
            return content.containsKey(key) ? ComposeFile.map(content.get(key)) : Map.of();
        }

        Map<String, String> environment() {
            Map<String, String> variables = new LinkedHashMap<>();
            map("environment").forEach((name, value) -> variables.put(name, String.valueOf(value)));
            return variables;
        }

        /** Where each named volume is mounted. */
        Map<String, String> mounts() {
            return list("volumes").stream()
                    .map(mount -> mount.split(":"))
                    .collect(toMap(mount -> mount[0], mount -> mount[1]));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("unchecked") // Every key of a compose file is text.
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static Object resolved(Object value) {
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> merged = new LinkedHashMap<>();
            if (entries.containsKey(MERGE)) {
                merged.putAll(map(resolved(entries.get(MERGE))));
            }
            entries.forEach((key, entry) -> {
                if (!MERGE.equals(key)) {
                    merged.put(String.valueOf(key), resolved(entry));
                }
            });
            return merged;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(ComposeFile::resolved).toList();
        }
        return value instanceof String text ? withDefaults(text) : value;
    }

    private static String withDefaults(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group().equals("$$") ? "$" : found.group(1)));
    }
}
