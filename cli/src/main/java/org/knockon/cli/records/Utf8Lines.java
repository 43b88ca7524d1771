package org.knockon.cli.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.knockon.producers.yaml.NotUtf8Exception;
import org.knockon.producers.yaml.Utf8File;

/**
 * Reads a file line by line and checks that each line is UTF-8. Lines end with LF or CRLF. After an invalid line, the next call continues
 * with the line that follows.
 */
final class Utf8Lines implements Closeable {

    /** Maximum length of a line, in bytes: far more than any valid record needs, and small enough for memory. */
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
     * Returns the next line without its line end, or null after the last line.
     *
     * @throws BadRecordException if the line is not UTF-8 or too long
     * @throws IOException if the file cannot be read further
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

    /** Number of the last line read, from 1; 0 before the first line. */
    long number() {
        return number;
    }

    /** Reads the next line into {@link #line} and returns its length, at most {@link #LONGEST} + 1; -1 at the end of the file. */
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
