package org.knockon.cli.rights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The one table of rights: {@code docker/acls.txt}, which the build puts on the class path. */
public final class RightsTable {

    private static final String FILE = "acls.txt";
    private static final String PREFIX = "{prefix}";
    private static final String APPLICATION_ID = "{application.id}";

    /** Kinds of resources, as {@code kafka-acls} names its options. */
    private static final Map<String, ResourceType> RESOURCES = Map.of(
            "topic",
            ResourceType.TOPIC,
            "group",
            ResourceType.GROUP,
            "transactional-id",
            ResourceType.TRANSACTIONAL_ID);

    private static final Map<String, PatternType> PATTERNS =
            Map.of("literal", PatternType.LITERAL, "prefixed", PatternType.PREFIXED);

    private static final int COLUMNS = 5;

    /** One line of the table. */
    public record Line(Role role, Right right) {}

    private RightsTable() {}

    /**
     * All lines of the table.
     *
     * @param prefix topic prefix, including its dot
     */
    public static List<Line> lines(String prefix, String applicationId) {
        return parse(text(), prefix, applicationId);
    }

    /** The rights that a role needs. */
    public static List<Right> of(Role role, String prefix, String applicationId) {
        return lines(prefix, applicationId).stream()
                .filter(line -> line.role() == role)
                .map(Line::right)
                .toList();
    }

    private static String text() {
        try (InputStream in = RightsTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    static List<Line> parse(String text, String prefix, String applicationId) {
        List<Line> lines = new ArrayList<>();
        Set<List<?>> seen = new HashSet<>();
        int number = 0;
        for (String written : text.lines().toList()) {
            number++;
            if (written.isBlank() || written.startsWith("#")) {
                continue;
            }
            try {
                Line line = line(written, prefix, applicationId);
                if (!seen.add(List.of(line.role(), line.right().resource()))) {
                    throw new IllegalArgumentException("the role has a line for this resource already");
                }
                lines.add(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(FILE + " line " + number + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    private static Line line(String written, String prefix, String applicationId) {
        String[] cells = written.strip().split("\\s+");
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("has " + cells.length + " columns instead of " + COLUMNS);
        }
        String name = cells[3].replace(PREFIX, prefix).replace(APPLICATION_ID, applicationId);
        if (name.indexOf('{') >= 0) {
            throw new IllegalArgumentException("unknown placeholder in " + cells[3]);
        }
        Right right = new Right(
                new ResourcePattern(one(RESOURCES, cells[1]), name, one(PATTERNS, cells[2])),
                Stream.of(cells[4].split(",")).map(OperationNames::parse).toList());
        return new Line(Role.named(cells[0]), right);
    }

    private static <T> T one(Map<String, T> known, String name) {
        T found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException("unknown word " + name);
        }
        return found;
    }

    /** The name of the option that names such a resource. */
    static String option(ResourceType type) {
        return RESOURCES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
