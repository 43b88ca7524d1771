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
 * Names that others gave, in texts of ours. A name may hold characters that turn the direction of what stands beside it, so it is marked
 * in a text by a first strong isolate (U+2068) and its end (U+2069), which {@link #html} makes a {@code bdi} of. Characters in the name
 * itself that could end that, or turn letters about, are shown as U+FFFD.
 */
public final class Isolated {

    private static final char BEGIN = '\u2068';
    private static final char END = '\u2069';
    private static final Pattern MARKED = Pattern.compile(BEGIN + "([^" + END + "]*)" + END);
    /** Embeddings, overrides, isolates and their ends; controls, which no name needs. */
    private static final Pattern TURNING = Pattern.compile("[\u202a-\u202e\u2066-\u2069\\p{Cc}\u2028\u2029]");

    private Isolated() {}

    /** A name as it stands in a text of ours. */
    public static String name(String given) {
        return BEGIN + cleaned(given) + END;
    }

    /** A name that stands alone, where nothing can be beside it. */
    public static String cleaned(String given) {
        return TURNING.matcher(given).replaceAll("\ufffd");
    }

    /** A text of ours without the marks, for where names are not shown beside others. */
    static String plain(String ours) {
        return ours.replaceAll("[" + BEGIN + END + "]", "");
    }

    /** A text of ours, escaped, each name in it by itself. */
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
