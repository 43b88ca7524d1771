package org.knockon.oracle;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published part of a sorted list (22). */
final class PublishedList {

    private PublishedList() {}

    /** The longest prefix with at most 1,000 entries and at most 200,000 bytes. */
    static List<String> publishedPartOf(List<String> sorted) {
        int length = Math.min(sorted.size(), 1_000);
        while (bytes(sorted.subList(0, length)) > 200_000) {
            length--;
        }
        return List.copyOf(sorted.subList(0, length));
    }

    private static long bytes(List<String> entries) {
        return entries.stream()
                .mapToLong(entry -> entry.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
