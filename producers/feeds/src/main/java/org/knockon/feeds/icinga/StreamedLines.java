package org.knockon.feeds.icinga;

import java.io.ByteArrayOutputStream;
import java.util.function.LongConsumer;

/** Cuts a stream of bytes into pieces of whole lines. A line that is too long is skipped, not kept. */
final class StreamedLines {

    private static final byte[] NONE = {};

    private final int longestLine;
    private final LongConsumer tooLong;
    /** The beginning of a line whose end has not come. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** How many bytes of a line that is too long have come; 0 within a line of permitted length. */
    private long skipped;

    /** @param tooLong receives the length of a line that was skipped */
    StreamedLines(int longestLine, LongConsumer tooLong) {
        this.longestLine = longestLine;
        this.tooLong = tooLong;
    }

    /** Takes the next bytes, and returns the lines that are whole now, with their ends; empty if there are none. */
    byte[] add(byte[] bytes, int length) {
        int from = skipped == 0 ? 0 : skip(bytes, length);
        int to = length;
        while (to > from && bytes[to - 1] != '\n') {
            to--;
        }
        byte[] lines = NONE;
        if (to > from) {
            begun.write(bytes, from, to - from);
            lines = begun.toByteArray();
            begun.reset();
        }
        begun.write(bytes, to, length - to);
        if (begun.size() > longestLine) {
            skipped = begun.size();
            begun.reset();
        }
        return lines;
    }

    /** Returns where the next line begins, or the length if it does not begin here. */
    private int skip(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                tooLong.accept(skipped + at);
                skipped = 0;
                return at + 1;
            }
        }
        skipped += length;
        return length;
    }
}
