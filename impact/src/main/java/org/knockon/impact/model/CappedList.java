package org.knockon.impact.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The published part of a sorted list: its first {@value #MOST_ENTRIES} entries, or fewer if their text would exceed
 * {@value #MOST_BYTES} bytes in UTF-8. Published together with the length of the whole list.
 *
 * @param first a prefix of the sorted list
 * @param total number of entries of the whole list
 */
public record CappedList(List<String> first, int total) {

    public static final int MOST_ENTRIES = 1_000;

    public static final int MOST_BYTES = 200_000;

    /** Greatest number of UTF-8 bytes per char. */
    private static final int MOST_BYTES_PER_CHAR = 3;

    public CappedList {
        first = List.copyOf(first);
        if (total < first.size()) {
            throw new IllegalArgumentException(
                    "total " + total + " is less than the " + first.size() + " entries kept");
        }
    }

    /** @param sorted distinct entries; the first ones are kept */
    public static CappedList of(Collection<String> sorted) {
        if (sorted.size() <= MOST_ENTRIES && surelyFits(sorted)) {
            return new CappedList(List.copyOf(sorted), sorted.size());
        }
        List<String> first = new ArrayList<>(MOST_ENTRIES);
        int bytes = 0;
        for (String entry : sorted) {
            bytes += utf8Length(entry);
            if (first.size() == MOST_ENTRIES || bytes > MOST_BYTES) {
                break;
            }
            first.add(entry);
        }
        return new CappedList(first, sorted.size());
    }

    private static boolean surelyFits(Collection<String> entries) {
        int chars = 0;
        for (String entry : entries) {
            chars += entry.length();
        }
        return chars <= MOST_BYTES / MOST_BYTES_PER_CHAR;
    }

    /** A lone surrogate counts as one byte, because it is encoded as a question mark. */
    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
                bytes += 1;
            } else if (codePoint < 0x800) {
                bytes += 2;
            } else {
                bytes += codePoint < 0x10000 ? 3 : 4;
            }
        }
        return bytes;
    }
}
