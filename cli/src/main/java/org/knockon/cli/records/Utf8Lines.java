package org.knockon.cli.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.knockon.producers.yaml.NotUtf8Exception;
import org.knockon.producers.yaml.Utf8File;

/**
 * The lines of a file, one at a time and each checked to be UTF-8. Lines end with LF or CRLF. A line that is wrong is skipped as a
 * whole, so that the next call goes on behind it.
 */
final class Utf8Lines implements Closeable {

    /** Longest line, in bytes: far more than any record may have, and small enough for memory. */
    static final int LONGEST = 16 * 1024 * 1024;

    private final InputStream in;
    private final byte[] read = new byte[64 * 1024];
    private int next;
    private int end;
    private byte[] line = new byte[8 * 1024];
    private long number;

    Utf8Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; null after the last.
     *
     * @throws BadRecordException when the line is no UTF-8 or too long
     * @throws IOException when the file cannot be read any further
     */
    String next() throws IOException, BadRecordException {
        int length = readLine();
        if (length < 0) {
            return null;
        }
        number++;
        if (length > LONGEST) {
            throw new BadRecordException("the line is longer than " + LONGEST / 1024 / 1024 + " MiB");
        }
        int from = number == 1 ? Utf8File.textStart(line, length) : 0;
        int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
        try {
            return Utf8File.decode(line, from, to);
        } catch (NotUtf8Exception e) {
            throw new BadRecordException(e.getMessage(), e);
        }
    }

    /** Number of the line that was read last, counted from 1; 0 before the first. */
    long number() {
        return number;
    }

    /** Puts the next line into {@link #line} and returns its length, of which no more than {@link #LONGEST} and one are kept; -1 at the end. */
    private int readLine() throws IOException {
        int length = 0;
        boolean any = false;
        while (true) {
            if (next == end) {
                end = in.read(read);
                next = 0;
                if (end <= 0) {
                    end = 0;
                    return any ? length : -1;
                }
            }
            any = true;
            int stop = next;
            while (stop < end && read[stop] != '\n') {
                stop++;
            }
            length = keep(length, stop - next);
            next = stop;
            if (stop < end) {
                next++;
                return length;
            }
        }
    }

    private int keep(int length, int more) {
        int kept = Math.min(more, LONGEST + 1 - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.max(length + kept, Math.min(LONGEST + 1, line.length * 2)));
        }
        System.arraycopy(read, next, line, length, kept);
        return length + kept;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
