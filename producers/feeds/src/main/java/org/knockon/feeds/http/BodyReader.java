package org.knockon.feeds.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/**
 * Reads bodies, none longer than its feed accepts, also after unpacking, and all together no more than the memory for
 * them. Thread-safe.
 */
final class BodyReader {

    /** Of all bodies that are read or mapped at one time. What is made of them takes some ten times as much. */
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final int PIECE = 8 * 1024;
    /** Of a body that is refused. A sender whose rest is larger may see a broken connection instead of the answer. */
    private static final int MOST_DISCARDED = 1024 * 1024;

    private final Semaphore bytes = new Semaphore(MOST_BYTES);

    /** A body, whose bytes count until it is closed. */
    final class Body implements AutoCloseable {
        private byte[] content = new byte[0];
        private int reserved;
        private Problem problem = Problem.NONE;

        byte[] content() {
            return content;
        }

        Problem problem() {
            return problem;
        }

        private boolean reserve(int count) {
            if (!bytes.tryAcquire(count)) {
                return false;
            }
            reserved += count;
            return true;
        }

        @Override
        public void close() {
            bytes.release(reserved);
            reserved = 0;
        }
    }

    /** Why there is no content. */
    enum Problem {
        NONE,
        TOO_LARGE,
        /** Packed in a way that is not known. */
        ENCODING,
        /** Too many bodies at one time. */
        BUSY
    }

    /**
     * Reads a body; the caller closes it when the message is done.
     *
     * @param encoding value of {@code Content-Encoding}; null for none
     * @throws IOException if the sender ends the connection, or what is packed cannot be unpacked
     */
    Body read(InputStream in, String encoding, int atMost) throws IOException {
        Body body = new Body();
        try {
            String packed = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
            switch (packed) {
                case "identity", "" -> fill(body, in, atMost);
                case "gzip" -> fill(body, new GZIPInputStream(in), atMost);
                default -> body.problem = Problem.ENCODING;
            }
            return body;
        } catch (IOException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    /**
     * Reads the rest of a body that is refused, because many senders look for the answer only once they have sent
     * everything, and lose it if the connection ends before.
     */
    static void discard(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        int discarded = 0;
        for (int read = in.read(piece); read >= 0 && discarded < MOST_DISCARDED; read = in.read(piece)) {
            discarded += read;
        }
    }

    private static void fill(Body body, InputStream in, int atMost) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            if (all.size() + read > atMost) {
                body.problem = Problem.TOO_LARGE;
                return;
            }
            if (!body.reserve(read)) {
                body.problem = Problem.BUSY;
                return;
            }
            all.write(piece, 0, read);
        }
        body.content = all.toByteArray();
    }
}
