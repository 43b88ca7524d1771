package org.knockon.systemtests.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One document of a YAML file in docker/kubernetes.
 *
 * @param file path below that folder
 */
record Manifest(String file, Map<String, Object> content) {

    static final Path FOLDER = Path.of("..", "docker", "kubernetes");

    /** Every document of the folder, by file name. */
    static List<Manifest> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> in(FOLDER.relativize(file).toString()).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param file path below docker/kubernetes */
    static List<Manifest> in(String file) {
        try {
            return parse(file, Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> parse(String file, String text) {
        List<Manifest> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder()
                        .setLabel(file)
                        .setAllowDuplicateKeys(false)
                        .build())
                .loadAllFromString(text)) {
            documents.add(new Manifest(file, map(document)));
        }
        return documents;
    }

    String kind() {
        return String.valueOf(content.get("kind"));
    }

    String name() {
        return text("metadata.name");
    }

    /** The value at a path such as {@code spec.template.spec}; null if there is none. */
    Object at(String path) {
        return at(content, path);
    }

    /** The text at a path. */
    String text(String path) {
        return String.valueOf(at(path));
    }

    Map<String, Object> map(String path) {
        return map(at(path));
    }

    /** The entries of a list of maps; none if the path is missing. */
    List<Map<String, Object>> maps(String path) {
        return maps(at(path));
    }

    static Object at(Map<String, Object> from, String path) {
        Object value = from;
        for (String key : path.split("\\.")) {
            value = value == null ? null : map(value).get(key);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // Keys of these documents are texts; KeyRules checks the values.
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<Map<String, Object>> maps(Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(item -> map(item)).toList();
    }

    @Override
    public String toString() {
        return file + ": " + kind() + (content.containsKey("metadata") ? " " + name() : "");
    }
}
