package org.knockon.feeds.tables;

/** A whole text, or the beginning of one if written with {@code *} at the end. Case counts. */
public record TextPattern(String text, boolean prefix) {

    public static TextPattern parse(String written) {
        return written.endsWith("*")
                ? new TextPattern(written.substring(0, written.length() - 1), true)
                : new TextPattern(written, false);
    }

    public boolean fits(String value) {
        return prefix ? value.startsWith(text) : value.equals(text);
    }
}
