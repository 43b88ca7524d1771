package org.knockon.warroom.page;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.each;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Isolates names from outside within our own text. A name may contain characters that change the writing direction of
 * the text around it. It is therefore enclosed in a first strong isolate (U+2068) and its end (U+2069), which {@link
 * #html} turns into a {@code bdi} element. Characters of the name that could end the isolation or reorder letters are
 * replaced with U+FFFD.
 */
public final class Isolated {

    private static final char BEGIN = '\u2068';
    private static final char END = '\u2069';
    private static final Pattern MARKED = Pattern.compile(BEGIN + "([^" + END + "]*)" + END);
    /** Embeddings, overrides, isolates and their ends; and control characters, which no name needs. */
    private static final Pattern UNSAFE = Pattern.compile("[\u202a-\u202e\u2066-\u2069\\p{Cc}\u2028\u2029]");

    private Isolated() {}

    /** A name, marked for use within our own text. */
    public static String name(String given) {
        return BEGIN + cleaned(given) + END;
    }

    /** A name on its own, with no text around it. */
    public static String cleaned(String given) {
        return UNSAFE.matcher(given).replaceAll("\ufffd");
    }

    /** Our own text without the marks, for JSON and CSV. */
    static String plain(String ours) {
        return ours.replaceAll("[" + BEGIN + END + "]", "");
    }

    /** Our own text, escaped, with each name isolated. */
    public static DomContent html(String ours) {
        List<DomContent> parts = new ArrayList<>();
        Matcher marked = MARKED.matcher(ours);
        int from = 0;
        while (marked.find()) {
            if (marked.start() > from) {
                parts.add(text(ours.substring(from, marked.start())));
            }
            parts.add(bdi(marked.group(1)));
            from = marked.end();
        }
        parts.add(text(ours.substring(from)));
        return each(parts, part -> part);
    }
}
